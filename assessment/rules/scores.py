"""Who may look at scores, score themselves, fix, object, decide. Nobody assesses their own unit."""

from assessment.enums.scores import RoundState
from assessment.models import Consent, Objection, Round, UnitScore
from assessment.rules.facts import is_of_unit, may_assess
from assessment.rules.oversight import oversees
from columns import rules as column_rules
from portal.enums import Power
from portal.models import User

ASSESSORS_ONLY = "您没有主站全站的检查权限，不能考核"
OWN_UNIT = "不能核定本单位的得分"


def may_oversee(user: User) -> bool:
    """考核人, and 审计 who look on."""
    return oversees(user)


def may_see(user: User, unit_id: int) -> bool:
    return may_oversee(user) or is_of_unit(user, unit_id)


def speaks_for_units(user: User) -> bool:
    """Whoever collects or reviews anywhere speaks for the units they work in (麻山第四条 自测)."""
    return column_rules.powers_of(user).anywhere(Power.COLLECT, Power.REVIEW)


def speaks_for(user: User, unit_id: int) -> bool:
    return is_of_unit(user, unit_id) and speaks_for_units(user)


def may_see_evidence(user: User, unit_id: int) -> bool:
    """Titles of all that was counted, of limited columns and withdrawn texts too: for who oversees, and for those who
    collect or review for the unit. Everybody else of the unit is shown what any reader may open.
    """
    return may_oversee(user) or speaks_for(user, unit_id)


def why_not_self_score(user: User, score: UnitScore) -> str:
    if not speaks_for(user, score.unit_id):
        return "自评由本单位有采集或审核权限的人员填写"
    return ""


def why_not_fix(user: User, score: UnitScore) -> str:
    if not may_assess(user):
        return ASSESSORS_ONLY
    return OWN_UNIT if is_of_unit(user, score.unit_id) else ""


def why_not_round(user: User, verb: str, round_: Round) -> str:
    """publish: by who assesses; freeze: by the system alone."""
    if verb == "publish":
        return "" if may_assess(user) else ASSESSORS_ONLY
    return "" if user.pk == User.objects.system().pk else "封存由系统进行"


def why_not_consent(user: User, round_: Round) -> str:
    """会签: once a department, by somebody of it who assesses."""
    if not may_assess(user) or not user.department_id:
        return ASSESSORS_ONLY
    if round_.state != RoundState.OPEN:
        return "本期已经公布，不再会签"
    done = Consent.objects.filter(round=round_, department=user.department_id).exists()
    return "本部门已经会签" if done else ""


def why_not_object(user: User, score: UnitScore) -> str:
    if not speaks_for(user, score.unit_id):
        return "异议由本单位有采集或审核权限的人员提出"
    return ""


def why_not_decide(user: User, verb: str, objection: Objection) -> str:
    if not may_assess(user):
        return ASSESSORS_ONLY
    return "不能答复本单位的异议" if is_of_unit(user, objection.point.unit_score.unit_id) else ""
