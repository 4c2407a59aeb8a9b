"""Whom to tell: of a unit, and of those who assess."""

from django.db.models import Q, QuerySet

from columns import queries as column_queries
from portal.enums import Power
from portal.models import Department, Site, User
from portal.notices import holders


def responsible(unit: Department) -> list[User]:
    """The unit's head; where it has none, its people who collect."""
    if unit.head_id and unit.head.is_active:
        return [unit.head]
    return list(holders(Power.COLLECT).filter(department=unit))


def assessors(but_of: Department | None = None) -> QuerySet[User]:
    """Whoever assesses, but for people of the unit that is assessed."""
    found = Q()
    for main in Site.objects.filter(parent=None):
        found |= Q(pk__in=column_queries.site_holders(main, Power.INSPECT).order_by().values("pk"))
    people = User.objects.filter(found, is_active=True) if found else User.objects.none()
    return people.exclude(department=but_of) if but_of is not None and but_of.parent_id else people
