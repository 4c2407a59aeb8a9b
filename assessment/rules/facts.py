"""Who assesses, what is their own, who may say what a publication counts for."""

from assessment.models import Publication
from columns import rules as column_rules
from portal import lineage
from portal.models import User
from portal.once import once


def may_assess(user: User) -> bool:
    """考核人: whoever holds 检查 on the whole of a main site (办法第二十二条: 办公室、监察室)."""
    return column_rules.accepts_cadences(user)


def own_units(user: User) -> set[int]:
    """Ids of the units the person belongs to: their department and those above it. The house as a whole, under which
    everybody stands, is the unit of those alone who sit in none below it: else nobody could ever assess what belongs
    to it, and everybody would read what is found about it. `lineage.own_units_of` is the same as part of a query.
    """
    return once(
        user, "own_units", lambda: set(lineage.own_units_of(user.department_id).values_list("pk", flat=True))
    )


def is_of_unit(user: User, unit_id: int) -> bool:
    """Whether it is the person's own unit: they may not assess it, and are told what is found about it."""
    return unit_id in own_units(user)


def why_not_overrule(user: User, publication: Publication) -> str:
    if not may_assess(user):
        return "您没有主站全站的检查权限，不能改判"
    return "不能改判本单位的计分" if is_of_unit(user, publication.unit_id) else ""
