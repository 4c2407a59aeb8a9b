"""Decisions about inspections that write nothing."""

from collections.abc import Iterable

from assessment.enums.inspections import InspectionState
from assessment.models import Inspection, InspectionCheck
from assessment.rules import oversight
from assessment.rules.facts import own_units
from columns import queries as column_queries
from columns import rules as column_rules
from columns.models import Column
from portal.models import Site, User


def why_not(user: User, verb: str, inspection: Inspection) -> str:
    """Why `user` may not `verb` it; "" when they may."""
    return oversight.why_not_assess(user)


def may_see(user: User, inspection: Inspection) -> bool:
    """Overseers at all times; a unit what was found about itself, once the inspection is over."""
    if oversight.oversees(user):
        return True
    if inspection.state != InspectionState.DONE:
        return False
    return inspection.checks.filter(unit__in=own_units(user)).exists()


def why_not_answer(user: User, check: InspectionCheck) -> str:
    """Why `user` may not answer this item: not their own unit's, and no column that they may not read."""
    if reason := oversight.why_not_assess(user, check.unit):
        return reason
    return "" if may_read(user, check.column) else "这个栏目不向您开放，请由有权阅读的检查人检查"


def may_read(user: User, column: Column) -> bool:
    return column_rules.may_read(user, column, column_queries.tree(column.site))


def hidden(user: User, sites: Iterable[Site]) -> set[int]:
    """Ids of the columns of these sites that `user` may not read: they are neither drawn by them nor shown to them."""
    found: set[int] = set()
    for site in sites:
        tree = column_queries.tree(site)
        shut = column_rules.unreadable(user, tree)
        found |= {below.pk for column in tree if column.pk in shut for below in tree.branch(column)}
    return found
