"""Who sees and who does what in inspections, rectification, violations and contests; nobody assesses their own unit."""

from assessment.rules.facts import is_of_unit, may_assess
from columns import rules as column_rules
from columns.rules import Visitor
from portal.enums import Power
from portal.models import Department, Site, User

NO_POWER = "您没有主站全站的检查权限"
OWN_UNIT = "须由他人检查：不能检查和处理本单位的事项"


def assesses(user: Visitor) -> bool:
    """考核人."""
    return user.is_authenticated and may_assess(user)


def oversees(user: Visitor) -> bool:
    """Whoever assesses, and 审计 on the whole of a main site: they see all."""
    if not user.is_authenticated:
        return False
    return column_rules.on_main_site(user, Power.INSPECT, Power.AUDIT)


def why_not_assess(user: User, unit: Department | None = None) -> str:
    """Why `user` may not assess (this unit); "" when they may."""
    if not assesses(user):
        return NO_POWER
    return OWN_UNIT if unit is not None and is_of_unit(user, unit.pk) else ""


def principal_of(user: User) -> User | None:
    """In whose place they assess, under a delegation (办法第十条)."""
    mains = list(Site.objects.filter(parent=None).order_by("pk"))
    if any(Power.INSPECT in column_rules.powers_of(user).own.sites.get(one.pk, ()) for one in mains):
        return None
    found = (column_rules.acting_for_site(user, Power.INSPECT, one.pk) for one in mains)
    return next((one for one in found if one), None)


def acting_for(user: User, verb: str, obj: object) -> User | None:
    """As `portal.workflow.fire` asks it."""
    return principal_of(user)
