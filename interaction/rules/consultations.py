"""Decisions about consultations that write nothing: what a draft lacks, what its feedback lacks, who prepares it."""

from columns import rules as column_rules
from columns.rules import Visitor
from interaction.enums.activities import ActivityState, Phase
from interaction.models import Activity, Opinion
from portal.enums import Power
from portal.models import User


def issues(activity: Activity) -> list[str]:
    """What is missing before it may be reported."""
    clauses = activity.consultation.clauses.exclude(text="")
    return [] if clauses.exists() else ["请填写征求意见的条款"]


def result_issues(activity: Activity) -> list[str]:
    """What is missing before the feedback may be published (福建第十五条(三): 及时分析汇总)."""
    found = []
    if number := undecided(activity):
        found.append(f"还有 {number} 条意见没有作出处理决定")
    if not activity.consultation.feedback.strip():
        found.append("请填写反馈说明")
    return found


def undecided(activity: Activity) -> int:
    """How many opinions lack a decision; a merged one is decided with its lead."""
    own = Opinion.objects.filter(consultation__activity=activity, outcome="")
    return own.filter(merged_into=None).count() + own.filter(merged_into__outcome="").count()


def why_not_publish(user: User, activity: Activity) -> str:
    """Nobody publishes the feedback that they prepared."""
    return "反馈由您整理，请由另一位发布人公布" if activity.consultation.feedback_by_id == user.pk else ""


def may_handle(user: Visitor, activity: Activity) -> bool:
    """Whether `user` decides about opinions and writes the feedback."""
    return column_rules.powers_of(user).has_on_site(Power.COLLECT, activity.site_id)


def not_now(activity: Activity) -> str:
    """What time says against deciding; "" when nothing does."""
    if activity.state != ActivityState.APPROVED:
        return f"这项征集{activity.get_state_display()}，不再处理意见"
    if activity.phase != Phase.CLOSED:
        return "征集结束以后才能作出处理决定"
    return "反馈已经公布；需要修改时，请先收回结果" if activity.results_published_at else ""
