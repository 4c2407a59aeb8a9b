"""Decisions about interviews that write nothing: what one lacks, who asks, who accepts questions, who enters lines."""

from columns import rules as column_rules
from columns.rules import Visitor
from interaction.enums.activities import ActivityState, Participants, Phase
from interaction.enums.interviews import QuestionState
from interaction.models import Activity, InterviewQuestion
from interaction.rules import activities
from interaction.workflow.interview_questions import INTERVIEW_QUESTION
from portal import applications
from portal.enums import Power
from portal.models import User

READ_BY = (Power.COLLECT, Power.REVIEW, Power.SIGN, Power.PUBLISH, Power.INSPECT)
NOT_LISTED = "视频须在本站，或在“应用链接”登记过的网站上；请先联系网管登记"


def issues(activity: Activity) -> list[str]:
    """What is missing before it may be reported."""
    found = [] if activity.interview.host.strip() else ["请填写主持人"]
    return found if activity.interview.guests.exists() else [*found, "请填写至少一位嘉宾"]


def why_not_ask(user: Visitor, activity: Activity) -> str:
    """Why `user` cannot send a question now; "" when they can: as soon as it is announced, until it is over."""
    if activity.phase == Phase.COMING and activity.state == ActivityState.APPROVED:
        if activity.participants != Participants.EVERYONE and not user.is_authenticated:
            return "请先登录再提问"
        return "" if activities.may_see(user, activity) else "这场访谈只请指定部门的人员提问"
    return activities.why_not_take_part(user, activity)


def may_read_questions(user: Visitor, activity: Activity) -> bool:
    """Whether `user` reads questions as they were sent, the refused ones too."""
    return user.is_authenticated and activity.site_id in column_rules.powers_of(user).sites_with(*READ_BY)


def may_keep_record(user: Visitor, activity: Activity) -> bool:
    """Whether `user` enters what is said, corrects it, adds pictures and the video."""
    has_power = column_rules.powers_of(user).has_on_site(Power.COLLECT, activity.site_id)
    return has_power and activity.state == ActivityState.APPROVED


def not_now_to_enter(activity: Activity) -> str:
    """What time says against entering and correcting lines; "" when nothing does."""
    if activity.state != ActivityState.APPROVED:
        return f"这场访谈{activity.get_state_display()}，不能录入"
    return "访谈还没有开始，不能录入" if activity.phase == Phase.COMING else ""


def lacks_power(user: User, verb: str, activity: Activity) -> str:
    """What `user` lacks for a button on a question, whatever its state; "" when nothing."""
    power = Power(INTERVIEW_QUESTION[verb].power or "")
    if column_rules.powers_of(user).has_on_site(power, activity.site_id):
        return ""
    return f"您没有“{activity.site}”全站的{power.label}权限"


def why_not(user: User, verb: str, question: InterviewQuestion) -> str:
    """Why `user` may not accept or refuse it; "" when they may. Unknown verbs raise KeyError."""
    if lacking := lacks_power(user, verb, question.activity):
        return lacking
    if question.asker_id in {user.pk, *column_rules.principals(user)}:
        return "不能审看自己的提问"
    return ""


def acting_for(user: User, verb: str, question: InterviewQuestion) -> User | None:
    power = Power(INTERVIEW_QUESTION[verb].power or "")
    return column_rules.acting_for_site(user, power, question.site.pk)


def is_shown(question: InterviewQuestion | None) -> bool:
    return question is not None and question.state == QuestionState.ACCEPTED


def why_not_video(url: str) -> str:
    """Why this is no address for a video; "" when it is: a path of this site, or a page of a listed one."""
    try:
        address = applications.read_url(url)
    except ValueError as error:
        return str(error)
    return "" if address.startswith("/") or applications.is_listed(address) else NOT_LISTED
