"""更新统计 (建阳第十七、十八条; 长沙（十二）): how often, how much and how well columns and units publish, in a span."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q, QuerySet

from assessment.enums.facts import EventKind, Verdict
from assessment.models import Publication
from columns import queries as column_queries
from columns.enums import ColumnKind, StepState
from columns.models import Column, Responsibility
from portal.models import Department, Site
from portal.workdays import end_of_day
from publishing.models import ReviewStep

FIRST = Q(kind=EventKind.FIRST)
NUMBERS = {
    "items": Count("pk", filter=FIRST & Q(verdict=Verdict.COUNTED)),
    "uncounted": Count("pk", filter=FIRST & ~Q(verdict__in=(Verdict.COUNTED, Verdict.ADOPTED))),
    "reprints": Count("pk", filter=FIRST & Q(verdict=Verdict.COUNTED, is_reprint=True)),
    "updates": Count("pk", filter=Q(kind=EventKind.UPDATE)),
    "days": Count("on", distinct=True),
    "newest": Max("on"),
}


@dataclass(frozen=True)
class Figure:
    """One column or unit. Number: `items`, `updates`; frequency: `days` with anything, `newest`; quality: what was taken
    from elsewhere, what did not count, what was returned on its way.
    """

    name: str
    where: str
    items: int = 0
    updates: int = 0
    uncounted: int = 0
    reprints: int = 0
    days: int = 0
    newest: date | None = None
    returned: int = 0

    @property
    def is_silent(self) -> bool:
        return not (self.items or self.updates or self.uncounted)


def by_column(sites: Iterable[Site], first: date, last: date) -> list[Figure]:
    """Every column that texts are written for, the busiest first; three queries and one a site."""
    sites = list(sites)
    found = _numbers(_publications(sites, first, last), "column")
    returned = _returned(sites, first, last, "revision__column")
    names = {one.pk: one for site in sites for one in _written(site)}
    missing = set(found) - set(names)
    names |= Column.objects.select_related("site").in_bulk(missing) if missing else {}
    rows = [
        Figure(one.name, one.site.name, **found.get(pk, {}), returned=returned.get(pk, 0))
        for pk, one in names.items()
    ]
    return _busiest_first(rows)


def by_unit(sites: Iterable[Site], first: date, last: date) -> list[Figure]:
    """Every unit that has to bring texts for these sites, or did; four queries."""
    sites = list(sites)
    found = _numbers(_publications(sites, first, last), "unit")
    returned = _returned(sites, first, last, "revision__department")
    duty = Responsibility.objects.filter(collects=True, column__site__in=sites, department__is_active=True)
    wanted = {*found, *duty.order_by().values_list("department", flat=True)}
    rows = [
        Figure(str(one), one.get_kind_display(), **found.get(one.pk, {}), returned=returned.get(one.pk, 0))
        for one in Department.objects.filter(pk__in=wanted)
    ]
    return _busiest_first(rows)


def _publications(sites: list[Site], first: date, last: date) -> QuerySet[Publication]:
    return Publication.objects.filter(site__in=sites, on__gte=first, on__lte=last).order_by()


def _numbers(rows: QuerySet[Publication], group: str) -> dict[int, dict]:
    return {row.pop(group): row for row in rows.values(group).annotate(**NUMBERS)}


def _returned(sites: list[Site], first: date, last: date, group: str) -> dict[int, int]:
    rows = ReviewStep.objects.filter(state=StepState.RETURNED, revision__column__site__in=sites)
    rows = rows.filter(**within("decided_at", first, last))
    return dict(rows.order_by().values_list(group).annotate(Count("pk")))


def within(field: str, first: date, last: date) -> dict[str, datetime]:
    """Both days included."""
    return {
        f"{field}__gt": end_of_day(date.fromordinal(first.toordinal() - 1)),
        f"{field}__lte": end_of_day(last),
    }


def _written(site: Site) -> list[Column]:
    columns = column_queries.tree(site)
    kinds = (ColumnKind.ARTICLES, ColumnKind.PAGE)
    return [one for one in columns if one.kind in kinds and not columns.children(one)]


def _busiest_first(rows: list[Figure]) -> list[Figure]:
    return sorted(rows, key=lambda one: (-one.items, -one.updates, -one.uncounted, one.where, one.name))
