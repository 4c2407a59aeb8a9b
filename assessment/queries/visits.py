"""Visits as the desk lists them, as the package packs them, as they are thinned out."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import ExtractIsoWeekDay

from assessment.enums.radar import VisitKind
from assessment.models import Visit
from assessment.rules.dates import Quarter
from portal.models import Site
from portal.workdays import end_of_day

MONDAY = 1


def of_site(site: Site, *, only_faults: bool = False, kind: str = "") -> QuerySet[Visit]:
    """Newest first."""
    rows = Visit.objects.filter(site=site)
    if kind:
        rows = rows.filter(kind=kind)
    return rows.exclude(faults=[]) if only_faults else rows


def of_quarter(quarter: Quarter) -> QuerySet[Visit]:
    """All of a quarter, by site, in the order in which they were made."""
    rows = Visit.objects.filter(at__lte=end_of_day(quarter.last), at__gt=end_of_day(quarter.back(1).last))
    return rows.select_related("site").order_by("at", "pk")


def to_thin(before: datetime) -> QuerySet[Visit]:
    """Older than `before`, but for the rounds of Mondays and the pages that did not open."""
    opened = Q(status__gte=200, status__lt=400)
    rows = Visit.objects.filter(opened, at__lt=before).annotate(weekday=ExtractIsoWeekDay("at"))
    return rows.exclude(Q(kind=VisitKind.ROUND) & Q(weekday=MONDAY))


def unreferenced(names: list[str]) -> set[str]:
    """Of these snapshots those that no visit speaks of any more."""
    held = Visit.objects.filter(snapshot__in=names).order_by().values_list("snapshot", flat=True)
    return set(names) - set(held)
