"""Who may sit an exam, run it, mark it, see what came of it. 谁出题谁不考: whoever knows the questions does not sit."""

from columns import rules as column_rules
from columns.rules import Visitor
from interaction.enums.activities import ActivityState, Phase
from interaction.enums.exams import AttemptState
from interaction.models import Activity, Attempt, AttemptItem, BankReader, QuestionBank
from interaction.rules import activities as activity_rules
from interaction.workflow.attempts import ATTEMPT
from portal.enums import Power
from portal.models import User

HANDLES = (Power.COLLECT, Power.REVIEW, Power.PUBLISH, Power.INSPECT)


def why_not_sit(user: Visitor, activity: Activity) -> str:
    """Why the person cannot begin now, in words; "" when they can. How often they sat is asked elsewhere."""
    if reason := activity_rules.why_not_take_part(user, activity):
        return reason
    assert isinstance(user, User)  # for whoever is not signed in the line above has an answer
    return why_barred(user, activity)


def why_barred(user: User, activity: Activity) -> str:
    """谁出题谁不考: why the person may never sit this exam; "" when nothing bars them."""
    if user.pk in activity.writer_ids:
        return "您参与编制了这场考试，不能参加（谁出题谁不考）"
    if user.pk == activity.decided_by_id:
        return "您审核过这场考试，不能参加（谁出题谁不考）"
    drawn_from = QuestionBank.objects.filter(rules__setup__activity=activity)
    if reader := BankReader.objects.filter(person=user, bank__in=drawn_from).select_related("bank").first():
        return f"您打开过题库“{reader.bank}”，知道试题，不能参加（谁出题谁不考）"
    return ""


def not_expected(activity: Activity) -> set[int]:
    """Ids of everybody whom `why_barred` keeps from the exam, and of whoever marks it: they are not absent."""
    readers = BankReader.objects.filter(bank__rules__setup__activity=activity)
    markers = AttemptItem.objects.filter(attempt__activity=activity, marked_by__isnull=False)
    decided_by = {activity.decided_by_id} if activity.decided_by_id else set()
    known = {*readers.order_by().values_list("person", flat=True)}
    return (
        activity.writer_ids | decided_by | known | {*markers.order_by().values_list("marked_by", flat=True)}
    )


def has_sat(user: User, activity: Activity) -> bool:
    return Attempt.objects.filter(activity=activity, person=user).exists()


def why_not_run(user: User, activity: Activity) -> str:
    """Why the person may not give time; "" when they may."""
    if not column_rules.powers_of(user).has_on_site(Power.PUBLISH, activity.site_id):
        return f"您没有“{activity.site}”全站的{Power.PUBLISH.label}权限，不能监考"
    return "您参加了这场考试，不能监考" if has_sat(user, activity) else ""


def no_more_time(activity: Activity) -> str:
    """Why nobody may be given time any more; "" while somebody may."""
    if activity.state != ActivityState.APPROVED or activity.ended_at:
        return "考试已经提前结束或撤下，不能加时"
    return "成绩已经公布，不能加时" if activity.results_published_at else ""


def may_watch(user: User, activity: Activity) -> bool:
    """Whether the person sees who is sitting and how long each has: whoever runs the exam, and whoever inspects."""
    return activity.site_id in column_rules.powers_of(user).sites_with(Power.PUBLISH, Power.INSPECT)


def may_see_marking(user: Visitor, activity: Activity) -> bool:
    """Whether the person is one of those who mark at all."""
    return column_rules.powers_of(user).has_on_site(Power.COLLECT, activity.site_id)


def why_not_mark(user: User, activity: Activity) -> str:
    """Why the person may not mark now; "" when they may. Who marks knows the questions: not while others may begin."""
    if not may_see_marking(user, activity):
        return f"您没有“{activity.site}”全站的{Power.COLLECT.label}权限，不能阅卷"
    if has_sat(user, activity):
        return "您参加了这场考试，不能阅卷"
    return "" if activity.phase == Phase.CLOSED else "考试结束后才能阅卷"


def is_over(activity: Activity) -> bool:
    """Whether nobody sits any more: the exam is over by its dates, and whoever was given time has handed in."""
    if activity.state != ActivityState.APPROVED or activity.phase != Phase.CLOSED:
        return False
    return not activity.attempts.filter(state=AttemptState.RUNNING).exists()


def may_see_standings(user: Visitor, activity: Activity) -> bool:
    """Whether the person sees everybody's results: sealed until it is over, then for those who handle the exam."""
    handles = activity.site_id in column_rules.powers_of(user).sites_with(*HANDLES)
    return handles and is_over(activity)


def may_see_published(user: Visitor, activity: Activity) -> bool:
    """Whether the public page of the results is there for the person."""
    return (
        bool(activity.results_published_at) and activity_rules.may_see(user, activity) and is_over(activity)
    )


def why_not(user: User, verb: str, attempt: Attempt) -> str:
    """Why `user` may not `verb` this paper; "" when they may. Unknown verbs raise KeyError."""
    move = ATTEMPT[verb]
    if move.power is None:
        return ""  # the system's own move: time is over
    if verb == "hand_in":
        return "" if attempt.person_id == user.pk else "只能交自己的答卷"
    return why_not_run(user, attempt.activity)
