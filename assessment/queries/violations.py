"""Named reads of violations: who sees which, by year and unit."""

from datetime import date

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractYear

from assessment.enums.inspections import ViolationState
from assessment.models import Violation
from assessment.rules import oversight
from assessment.rules.facts import own_units
from portal.models import Department, User


def visible_to(user: User) -> QuerySet[Violation]:
    """All for overseers, of others what is held against their unit."""
    rows = Violation.objects.select_related("unit", "recorded_by")
    if oversight.oversees(user):
        return rows
    return rows.filter(unit__in=own_units(user))


def of_year(rows: QuerySet[Violation], year: int, unit: int | None = None) -> QuerySet[Violation]:
    rows = rows.filter(on__gte=date(year, 1, 1), on__lte=date(year, 12, 31))
    return rows.filter(unit=unit) if unit else rows


def years(rows: QuerySet[Violation], this_year: int) -> list[int]:
    """Years with any, and this one; the newest first."""
    found = rows.order_by().annotate(year=ExtractYear("on")).values_list("year", flat=True).distinct()
    return sorted({*found, this_year}, reverse=True)


def by_unit(rows: QuerySet[Violation]) -> list[tuple[Department, int, int]]:
    """(unit, that stand, struck out), the most first."""
    stands, struck = (Q(state=one) for one in (ViolationState.RECORDED, ViolationState.STRUCK))
    found = {
        one["unit"]: (one["stands"], one["struck"])
        for one in rows.order_by()
        .values("unit")
        .annotate(stands=Count("pk", filter=stands), struck=Count("pk", filter=struck))
    }
    units = Department.objects.in_bulk(found)
    return sorted(
        ((units[pk], *told) for pk, told in found.items()), key=lambda one: (-one[1], one[0].position)
    )
