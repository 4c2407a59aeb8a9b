"""The public columns of a site as an inspector finds them: newest item, number of items, owner, update limit.

Dates are those of the registered facts (the system's own time), places those of today: what was moved is where an
inspector finds it, what was withdrawn is not there.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Q

from assessment.enums.facts import EventKind
from assessment.models import Publication
from assessment.queries.cadences import Book, Row
from assessment.queries.owners import owners
from assessment.rules.findings import Spot
from columns import queries as column_queries
from columns import rules as column_rules
from columns.enums import ColumnKind, Placement
from columns.models import Column
from columns.tree import ColumnTree
from interaction.enums.questions import SHOWN
from interaction.models import Question
from portal import clock
from portal.models import Department, Site
from portal.workdays import end_of_day
from publishing.enums import ArticleState


class Spots:
    """Read once for a site and a day: a bounded number of queries, however many columns and items there are."""

    def __init__(self, site: Site, columns: ColumnTree, day: date):
        self.site, self.columns, self.day = site, columns, day
        self.division = column_queries.division(site)
        self._read_dates()

    def leaves(self) -> list[Spot]:
        """Columns that texts are written for, those that are hidden left out."""
        return [self._spot(column) for column in self._listed() if not self.columns.children(column)]

    def owed(self) -> list[Spot]:
        """What has an update limit with an end, as the reminders judge it; columns under one limit are one."""
        leaves = {one.pk: one for one in self._listed() if not self.columns.children(one)}
        book = Book(self.day, site=self.site)
        found = []
        for row in book.rows():
            bound = [leaves[pk] for pk in sorted(book.covered(row.bound) & leaves.keys())]
            if bound and row.standing.due:
                found.append(self._limited(row, bound, row.standing.due + timedelta(days=1)))
        return found

    def owners(self, column: Column) -> list[Department]:
        return owners(self.division, column)

    def owner(self, column: Column) -> str:
        return "、".join(str(one) for one in self.owners(column))

    def _read_dates(self) -> None:
        end = end_of_day(self.day)
        rows = Publication.objects.filter(
            article__site=self.site, article__state=ArticleState.LIVE, at__lte=end
        ).order_by()
        first = Q(kind=EventKind.FIRST)
        found = rows.values("article__column").annotate(
            newest=Max("at", filter=first), updated=Max("at"), items=Count("pk", filter=first)
        )
        self.newest: dict[int, date] = {}
        self.updated: dict[int, date] = {}
        self.items: dict[int, int] = {}
        for row in found:
            self._add(row["article__column"], row["newest"], row["updated"], row["items"])
        answered = Question.objects.filter(site=self.site, state__in=SHOWN, answered_at__lte=end).order_by()
        for row in answered.values("column").annotate(newest=Max("answered_at"), items=Count("pk")):
            self._add(row["column"], row["newest"], row["newest"], row["items"])

    def _add(self, column: int, newest: datetime | None, updated: datetime | None, items: int) -> None:
        for into, moment in ((self.newest, newest), (self.updated, updated)):
            if moment:
                into[column] = max(into.get(column, date.min), clock.local(moment).date())
        self.items[column] = self.items.get(column, 0) + items

    def _listed(self) -> Iterator[Column]:
        """Public columns that no step on their way hides."""
        for column in self.columns:
            if all(step.placement != Placement.UNLISTED for step in self.columns.path(column)):
                yield column

    def _spot(self, column: Column) -> Spot:
        kind = column_rules.type_of(column, self.columns)
        is_listing = column.kind == ColumnKind.ARTICLES
        return Spot(
            column.pk, column.name, column.get_absolute_url(), self.owner(column), kind.watch if is_listing else "",
            tuple(one for one in (kind.name, self._class(column)) if one), self.newest.get(column.pk),
            self.updated.get(column.pk), self.items.get(column.pk, 0),
        )  # fmt: skip

    def _class(self, column: Column) -> str:
        return next((one.update_class for one in reversed(self.columns.path(column)) if one.update_class), "")

    def _limited(self, row: Row, columns: list[Column], due_on: date) -> Spot:
        """`due_on`: from this day on the update is missing. The place to write is the stalest of them."""
        stalest = min(columns, key=lambda one: (self.updated.get(one.pk, date.min), one.pk))
        return replace(
            self._spot(stalest), name=row.what, updated=row.bound.record.last, due_on=due_on,
            rule=str(row.bound.cadence), watch="",
        )  # fmt: skip
