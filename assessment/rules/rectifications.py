"""Decisions about rectification that write nothing: who reports, who re-checks, who sees."""

from assessment.models import Rectification
from assessment.rules import oversight
from assessment.rules.facts import is_of_unit
from columns import rules as column_rules
from portal.enums import Power
from portal.models import User


def why_not(user: User, verb: str, row: Rectification) -> str:
    """Why `user` may not `verb` it; "" when they may. The unit reports, others re-check."""
    if verb == "report":
        return "" if may_report(user, row) else "只有责任单位的负责人、采集人可以报告整改情况"
    return oversight.why_not_assess(user, row.unit)


def may_report(user: User, row: Rectification) -> bool:
    """The unit's head, and its people who collect for any column."""
    if row.unit.head_id == user.pk:
        return True
    return is_of_unit(user, row.unit_id) and column_rules.powers_of(user).anywhere(Power.COLLECT)


def may_see(user: User, row: Rectification) -> bool:
    return oversight.oversees(user) or is_of_unit(user, row.unit_id) or row.unit.head_id == user.pk
