"""The public columns of a site as an inspector finds them: newest item, number of items, owner, update limit.

Dates are those of the registered facts (the system's own time), places those of today: what was moved is where an
inspector finds it, what was withdrawn is not there.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Q

from assessment.enums.facts import EventKind
from assessment.models import Publication
from assessment.queries.owners import owners
from assessment.rules.findings import Spot
from assessment.rules.rhythm import Rhythm, due_on
from columns import queries as column_queries
from columns import rules as column_rules
from columns.enums import CadenceRule, CadenceState, ColumnKind, Placement
from columns.models import Cadence, CadencePause, Column
from columns.tree import ColumnTree
from interaction.enums.questions import SHOWN
from interaction.models import Question
from portal import clock, lineage
from portal.models import Department, Site
from portal.workdays import Calendar, end_of_day
from publishing.enums import ArticleState

LONGEST_PERIOD = timedelta(days=62)


class Spots:
    """Read once for a site and a day: eight queries, nine where some limit asks for more than one item."""

    def __init__(self, site: Site, columns: ColumnTree, day: date, calendar: Calendar):
        self.site, self.columns, self.day, self.calendar = site, columns, day, calendar
        self.division = column_queries.division(site)
        self._read_dates()
        self._read_limits()

    def leaves(self) -> list[Spot]:
        """Columns that texts are written for, those that are hidden left out."""
        return [self._spot(column) for column in self._listed() if not self.columns.children(column)]

    def owed(self) -> list[Spot]:
        """What has an update limit that dates can tell; columns under one limit of their main column are one."""
        return [spot for cadence in self.cadences for spot in self._bound(cadence) if spot.due_on]

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

    def _read_limits(self) -> None:
        here = Q(site=None, column=None) | Q(site=self.site) | Q(column__site=self.site)
        told = (CadenceRule.AT_LEAST, CadenceRule.MAX_SILENCE, CadenceRule.FIXED_DATES)
        rows = Cadence.objects.filter(here, state=CadenceState.IN_FORCE, rule__in=told)
        self.cadences = [
            one for one in rows.order_by("pk") if one.in_force_since is None or one.in_force_since <= self.day
        ]
        pauses = [one for one in CadencePause.objects.all() if one.holds_on(self.day)]
        parents = lineage.department_parents() if any(one.department_id for one in pauses) else {}
        self.resting = {one.column_id for one in pauses if one.column_id}
        self.resting_units = lineage.beneath(
            {one.department_id for one in pauses if one.department_id}, parents
        )
        self._every: dict[int, list[date]] = defaultdict(list)
        if any(one.count > 1 for one in self.cadences):
            recent = Publication.objects.filter(
                article__site=self.site, article__state=ArticleState.LIVE, on__lte=self.day,
                on__gt=self.day - LONGEST_PERIOD,
            )  # fmt: skip
            for column, on in recent.order_by("-on").values_list("article__column", "on"):
                self._every[column].append(on)

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

    def _bound(self, cadence: Cadence) -> Iterator[Spot]:
        """A limit on a column binds it with all below it as one; one on a class, site or unit each column by itself,
        unless they count together.
        """
        leaves = [
            one for one in self._listed() if not self.columns.children(one) and self._binds(cadence, one)
        ]
        awake = [one for one in leaves if not self._rests(one)]
        if not awake:
            return
        if cadence.column_id or cadence.together:
            top = self.columns.get(cadence.column_id) if cadence.column_id else None
            yield self._timed(cadence, awake, top.name if top else cadence.update_class or self.site.name)
        else:
            for one in awake:
                yield self._timed(cadence, [one], one.name)

    def _binds(self, cadence: Cadence, column: Column) -> bool:
        path = {step.pk for step in self.columns.path(column)}
        return (
            (cadence.column_id is None or cadence.column_id in path)
            and (not cadence.update_class or cadence.update_class == self._class(column))
            and (
                cadence.department_id is None
                or cadence.department_id in {one.pk for one in self.owners(column)}
            )
        )

    def _rests(self, column: Column) -> bool:
        path = {step.pk for step in self.columns.path(column)}
        units = {one.pk for one in self.owners(column)}
        return bool(path & self.resting or (units and units <= self.resting_units))

    def _timed(self, cadence: Cadence, columns: list[Column], name: str) -> Spot:
        ids = [one.pk for one in columns]
        stalest = min(columns, key=lambda one: (self.updated.get(one.pk, date.min), one.pk))
        updates = self._updates(ids)
        day = due_on(_rhythm(cadence), updates, self.day, self.calendar)
        spot = self._spot(stalest)
        return replace(
            spot, name=name, updated=updates[0] if updates else None, due_on=day, rule=str(cadence), watch=""
        )

    def _updates(self, ids: Iterable[int]) -> list[date]:
        every = [on for pk in ids for on in self._every.get(pk, ())]
        newest = [self.updated[pk] for pk in ids if pk in self.updated]
        return sorted(every or newest, reverse=True)


def _rhythm(cadence: Cadence) -> Rhythm:
    dates = tuple((int(month), int(day)) for month, day in cadence.month_days)
    return Rhythm(
        cadence.rule, cadence.count, cadence.period, cadence.days, cadence.working, dates, cadence.in_force_since
    )  # fmt: skip
