"""更新热力图: how many items each column of a site got in each of the last 52 weeks."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count

from assessment.enums.facts import EventKind
from assessment.models import Publication
from columns import queries as column_queries
from columns.enums import ColumnKind, Placement
from columns.models import Column
from portal.models import Site

WEEKS = 52
STEPS = (1, 2, 4)
"""From how many items on a cell is of the first, second, third level."""


@dataclass(frozen=True)
class Cell:
    week: date
    number: int

    @property
    def level(self) -> int:
        return sum(self.number >= step for step in STEPS)


@dataclass(frozen=True)
class Row:
    column: Column
    main: Column
    cells: list[Cell]

    @property
    def total(self) -> int:
        return sum(cell.number for cell in self.cells)

    @property
    def silent(self) -> int:
        """Weeks without anything."""
        return sum(not cell.number for cell in self.cells)


def weeks(day: date) -> list[date]:
    """The Mondays of the last 52 weeks, this one last."""
    monday = day - timedelta(days=day.weekday())
    return [monday - timedelta(weeks=back) for back in reversed(range(WEEKS))]


def heat(site: Site, day: date) -> list[Row]:
    """Two queries."""
    mondays, columns = weeks(day), column_queries.tree(site)
    rows = Publication.objects.filter(
        site=site, kind=EventKind.FIRST, on__gte=mondays[0], on__lte=day
    ).order_by()
    numbers: dict[tuple[int, date], int] = defaultdict(int)
    for column, on, number in rows.values_list("column", "on").annotate(Count("pk")):
        numbers[column, on - timedelta(days=on.weekday())] += number
    return [
        Row(one, columns.path(one)[0], [Cell(week, numbers[one.pk, week]) for week in mondays])
        for one in columns
        if one.kind == ColumnKind.ARTICLES
        and not columns.children(one)
        and all(step.placement != Placement.UNLISTED for step in columns.path(one))
    ]
