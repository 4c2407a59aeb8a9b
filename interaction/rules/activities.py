"""Decisions about activities that write nothing: who may do what, who sees what, who may take part, and when."""

from datetime import datetime

from django.utils.dateformat import format as date_words

from columns import rules as column_rules
from columns.rules import Visitor
from interaction.enums.activities import ActivityState, Participants, Phase
from interaction.models import Activity
from interaction.rules.kinds import kind_of
from interaction.workflow.activities import ACTIVITY
from portal import clock
from portal.enums import SEES_WORK, Power
from portal.models import User

DECISIONS = {"approve", "return_"}


def why_not(user: User, verb: str, activity: Activity) -> str:
    """Why `user` may not `verb` this activity; "" when they may. Unknown verbs raise KeyError."""
    power = _power(verb)
    if not column_rules.powers_of(user).has_on_site(power, activity.site_id):
        return f"您没有“{activity.site}”全站的{power.label}权限"
    if verb in DECISIONS and user.pk in activity.writer_ids:
        return "不能审核自己编写或提交的活动"
    if verb in DECISIONS and column_rules.principals(user) & activity.writer_ids:
        return "您正代理这项活动的编写人，不能审核被代理人的活动"
    if verb == "recall" and not {user.pk, *column_rules.principals(user)} & activity.writer_ids:
        return "只有编写人和提交人可以收回"
    return ""


def not_now(verb: str, activity: Activity) -> str:
    """What the dates, or an earlier decision about the results, say against `verb`; "" when nothing does."""
    check = _CHECKS.get(verb)
    return check(activity) if check else ""


def acting_for(user: User, verb: str, activity: Activity) -> User | None:
    """In whose place `user` makes this move under a delegation, if in anybody's (办法第十条)."""
    return column_rules.acting_for_site(user, _power(verb), activity.site_id)


def may_make(user: Visitor, site_id: int) -> bool:
    """Whether `user` makes activities for the site."""
    return column_rules.powers_of(user).has_on_site(Power.COLLECT, site_id)


def may_edit(user: Visitor, activity: Activity) -> bool:
    """Whether `user` may change frame and content now: never once it has been approved."""
    return activity.is_editable and may_make(user, activity.site_id)


def may_see_work(user: Visitor, activity: Activity) -> bool:
    """Whether `user` may open it on the desk: whoever holds a power on the whole site, and its writers."""
    if not user.is_authenticated:
        return False
    return activity.site_id in sites_seen(user) or user.pk in activity.writer_ids


def sites_seen(user: Visitor) -> set[int]:
    """Ids of the sites whose activities `user` may see whatever their state."""
    return column_rules.powers_of(user).sites_with(*SEES_WORK)


def may_see(user: Visitor, activity: Activity) -> bool:
    """Whether the public page is there for `user`: what is for some is shown to them alone, and to its handlers."""
    if activity.state != ActivityState.APPROVED:
        return False
    if activity.participants == Participants.EVERYONE:
        return True
    return user.is_authenticated and (_is_invited(user, activity) or may_see_work(user, activity))


def why_not_take_part(user: Visitor, activity: Activity) -> str:
    """Why `user` cannot take part now, in words; "" when they can."""
    if activity.state != ActivityState.APPROVED:
        return "这项活动没有公布"
    if activity.phase == Phase.COMING:
        return f"还没有开始，{_when(activity.opens_at).lstrip()}起可以参加"
    if activity.phase == Phase.CLOSED:
        return f"已于{_when(activity.over_at)}结束，不能再参加"
    if not user.is_authenticated and (kind_of(activity).signs_in or not _is_for_everyone(activity)):
        return "请先登录再参加"
    if not _is_invited(user, activity):
        return "这项活动只请指定部门的人员参加"
    return ""


def may_see_results(user: Visitor, activity: Activity) -> bool:
    """Sealed until it is over, for everybody, whoever made or leads it; then for its handlers, and once published for
    whoever may see the page.
    """
    if activity.phase != Phase.CLOSED:
        return False
    if activity.results_published_at and may_see(user, activity):
        return True
    return user.is_authenticated and activity.site_id in sites_seen(user)


def issues(activity: Activity) -> list[str]:
    """Why it cannot be reported or approved yet, in words."""
    return [*_frame_issues(activity), *kind_of(activity).issues(activity)]


def _frame_issues(activity: Activity):
    if not activity.title.strip():
        yield "请填写标题"
    if not activity.opens_at or not activity.closes_at:
        yield "请填写开始时间和截止时间"
    elif activity.closes_at <= clock.now():
        yield "截止时间已经过去，请改到以后"
    if activity.participants == Participants.DEPARTMENTS and not activity.departments.exists():
        yield "请选择参加的部门"


def _power(verb: str) -> Power:
    """What a verb takes; every verb of this table takes one."""
    return Power(ACTIVITY[verb].power or "")


def _when(moment: datetime | None) -> str:
    if moment is None:
        return ""
    return f" {date_words(clock.local(moment), 'Y年n月j日 H:i')} "


def _is_for_everyone(activity: Activity) -> bool:
    return activity.participants == Participants.EVERYONE


def _is_invited(user: Visitor, activity: Activity) -> bool:
    if activity.participants != Participants.DEPARTMENTS:
        return _is_for_everyone(activity) or user.is_authenticated
    return user.is_authenticated and column_rules.works_in(user, activity.named)


def _end(activity: Activity) -> str:
    return "" if activity.phase == Phase.OPEN else f"这项活动{activity.standing.label}，不需要提前结束"


def _publish_results(activity: Activity) -> str:
    if activity.results_published_at:
        return "结果已经公布"
    return _no_results_yet(activity)


def _no_results_yet(activity: Activity) -> str:
    if not kind_of(activity).results:
        return "这类活动没有结果可公布"
    return "" if activity.phase == Phase.CLOSED else "结果到活动结束才启封，现在不能公布"


def _keep_results(activity: Activity) -> str:
    if activity.results_published_at or activity.results_kept_at:
        return "是否公布已有决定"
    return _no_results_yet(activity)


def _take_back_results(activity: Activity) -> str:
    return "" if activity.results_published_at else "结果没有公布"


_CHECKS = {
    "end": _end,
    "publish_results": _publish_results,
    "keep_results": _keep_results,
    "take_back_results": _take_back_results,
}
