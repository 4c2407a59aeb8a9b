"""How every update limit stands on a day, for all sites at once: one grouped query for each kind of fact, streamed."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Min, QuerySet
from django.db.models.functions import TruncDate

from assessment.enums.facts import Verdict
from assessment.enums.slips import SlipState
from assessment.models import Publication, ReminderSlip
from assessment.queries.binding import Bound, House, bound
from assessment.rules.cadences import Judge, Span, Standing
from columns.enums import CadenceRule
from columns.models import CadencePause
from interaction.enums.questions import SHOWN
from interaction.models import Question
from portal import clock, lineage, parameters
from portal.models import Department, Site
from portal.workdays import Calendar
from publishing.enums import OPEN_STATES, ArticleState
from publishing.models import Revision

COUNTS = (Verdict.COUNTED, Verdict.ADOPTED)
"""What repeats an earlier text updates nothing; what was adopted from below updates the column it now stands in."""


@dataclass(frozen=True)
class Row:
    """One limit on one thing as it stands."""

    bound: Bound
    standing: Standing
    site: Site
    column: str
    unit: Department

    @property
    def what(self) -> str:
        """The column's name, or what of a site is counted together."""
        return self.column or (self.bound.cadence.update_class or "全站") + "（合并计算）"


class Book:
    """What binds what, and the facts filled in: `standings` reads it once, `covered` says which columns count."""

    def __init__(
        self, day: date, *, site: Site | None = None, targets: Collection[str] | None = None, rule: str = ""
    ):
        self.day, self.house = day, House(site)
        found = bound(self.house, day)
        found = (one for one in found if targets is None or one.target in targets)
        self.bounds = [one for one in found if not rule or one.terms.rule == rule]
        self.judge = Judge(day, Calendar.load(), parameters.value("cadence_amber_days") or 0)
        self._at: dict[int, list[Bound]] = {}
        for one in self.bounds:
            for column in [one.column] if one.column else one.members:
                self._at.setdefault(column, []).append(one)
        self._fill()

    def rows(self) -> Iterator[Row]:
        pauses = Pauses(self.house)
        for one in self.bounds:
            standing = self.judge.standing(one.terms, one.record, pauses.of(one))
            name = self.house.nodes[one.column].name if one.column else ""
            unit = self.house.departments[one.unit]
            yield Row(one, standing, self.house.sites[one.site], name, unit)

    def covered(self, one: Bound) -> set[int]:
        """Ids of the columns whose updates count for it."""
        return self.house.beneath(one.column) if one.column else set(one.members)

    def _over(self, column: int) -> Iterator[Bound]:
        """The limits that an update of `column` counts for."""
        for step in self.house.chain(column):
            for one in self._at.get(step, ()):
                if step == column or one.column:
                    yield one

    def _fill(self) -> None:
        for column, first, last in _ends_of(self.day):
            for one in self._over(column):
                record = one.record
                record.first = min(record.first or first, first)
                record.last = max(record.last or last, last)
        spans = {id(one): self.judge.spans(one.terms) for one in self.bounds if one.terms.period}
        if spans:
            since = min(before.starts for before, _ in spans.values())
            for column, on, number in _counts_of(since, self.day):
                for one in self._over(column):
                    if id(one) in spans:
                        _count(one, on, number, *spans[id(one)])
        if any(one.terms.rule == CadenceRule.WITHIN_DAYS for one in self.bounds):
            for column, written in _waiting(self.day):
                for one in self._over(column):
                    begun = one.record.stands_since
                    if (
                        begun is None or written >= begun
                    ):  # what is older than the column was not to be put there then
                        one.record.waiting = min(one.record.waiting or written, written)


class Pauses:
    """Pauses of columns and units, and what was excused: each keeps the limits below it from running."""

    def __init__(self, house: House):
        self._house = house
        self._columns: dict[int, list[Span]] = {}
        self._units: dict[int, list[Span]] = {}
        self._excused: dict[str, list[Span]] = {}
        self._parents = {pk: one.parent_id for pk, one in house.departments.items()}
        for row in CadencePause.objects.order_by():
            kept, pk = (self._columns, row.column_id) if row.column_id else (self._units, row.department_id)
            kept.setdefault(pk, []).append(Span(row.starts_on, row.ends_on))
        excused = ReminderSlip.objects.filter(state=SlipState.EXCUSED).order_by()
        for target, since, ended in excused.values_list("target", "since", "ended_at"):
            span = Span(since, clock.local(ended).date())
            self._excused.setdefault(target, []).append(span)

    def of(self, one: Bound) -> list[Span]:
        found = list(self._excused.get(one.target, ())) if self._excused else []
        if self._columns and one.column:
            found += [span for step in self._house.chain(one.column) for span in self._columns.get(step, ())]
        if self._units:
            line = lineage.upwards(one.unit, self._parents)
            found += [span for step in line for span in self._units.get(step, ())]
        return found


def standings(
    day: date, *, site: Site | None = None, targets: Collection[str] | None = None
) -> Iterator[Row]:
    yield from Book(day, site=site, targets=targets).rows()


def updates(columns: Iterable[int], since: date, until: date) -> QuerySet[Publication]:
    """What updated any of `columns` from one day to another, the newest first."""
    return Publication.objects.filter(
        column__in=set(columns), verdict__in=COUNTS, on__gte=since, on__lte=until
    )


def _count(one: Bound, on: date, number: int, before: Span, current: Span | None) -> None:
    if before.holds(on):
        one.record.before += number
    elif current and current.holds(on):
        one.record.current += number


def _ends_of(day: date) -> Iterator[tuple[int, date, date]]:
    """(column, first day, last day) of its updates: published texts and answered questions."""
    rows = Publication.objects.filter(verdict__in=COUNTS, on__lte=day).order_by()
    yield from rows.values("column").values_list("column", Min("on"), Max("on")).iterator()
    rows = _answers(day).values("column").annotate(first=Min("on"), last=Max("on"))
    yield from rows.values_list("column", "first", "last").iterator()


def _counts_of(since: date, day: date) -> Iterator[tuple[int, date, int]]:
    """(column, day, number): a text that is published twice on a day counts once."""
    rows = Publication.objects.filter(verdict__in=COUNTS, on__gte=since, on__lte=day).order_by()
    rows = rows.values("column", "on").annotate(n=Count("article", distinct=True))
    yield from rows.values_list("column", "on", "n").iterator()
    answers = _answers(day).filter(on__gte=since).values("column", "on").annotate(n=Count("pk"))
    yield from answers.values_list("column", "on", "n").iterator()


def _answers(day: date) -> QuerySet[Question]:
    rows = Question.objects.filter(state__in=SHOWN, answered_at__isnull=False).order_by()
    return rows.annotate(on=TruncDate("answered_at")).filter(on__lte=day)


def _waiting(day: date) -> Iterator[tuple[int, date]]:
    """(column, day it was issued) of what is being written and was never online."""
    rows = Revision.objects.filter(
        state__in=OPEN_STATES, article__state=ArticleState.NEW, written_on__isnull=False, written_on__lte=day
    )
    yield from rows.order_by().values_list("column", "written_on").distinct().iterator()
