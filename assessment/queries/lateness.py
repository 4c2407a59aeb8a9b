"""迟发: what went online later than a rule allows after it was issued or approved.

办法第十五条, 麻山一(12): days from the day of issue; 气象第八条: hours from the approval.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, OuterRef, QuerySet, Subquery

from assessment.enums.facts import EventKind
from assessment.models import Publication
from assessment.queries.cadences import Book
from columns.enums import CadenceRule, StepState
from portal import parameters
from portal.enums import Power
from portal.models import Parameter
from portal.workdays import end_of_day
from publishing.models import ReviewStep

HOURS = {False: "publish_hours", True: "publish_hours_major"}
SHOWN_WITH = ("article__site", "column", "site", "unit", "revision")


@dataclass(frozen=True)
class Late:
    """One publication, since when it could have been online, until when it had to be, on what ground."""

    publication: Publication
    began: datetime | date
    due_at: datetime
    rule: str
    clause: str

    @property
    def hours(self) -> int:
        """How much too late, in whole hours and at least one."""
        return max(1, int((self.publication.at - self.due_at).total_seconds() // 3600))


def late(since: date, day: date) -> list[Late]:
    """Of the first publications from one day to another, the newest first; each is held against every rule."""
    rows = Publication.objects.filter(kind=EventKind.FIRST, on__gte=since, on__lte=day).order_by()
    found = [*_issued(rows, day), *_approved(rows)]
    return sorted(found, key=lambda one: (one.publication.at, one.publication.pk), reverse=True)


def _issued(rows: QuerySet[Publication], day: date) -> Iterator[Late]:
    book = Book(day, rule=CadenceRule.WITHIN_DAYS)
    rules = {column: one for one in book.bounds for column in book.covered(one)}
    dated = rows.filter(column__in=rules, revision__written_on__isnull=False)
    for row in dated.select_related(*SHOWN_WITH):
        bound, written = rules[row.column_id], row.revision.written_on
        days = bound.terms.days
        due = (
            book.judge.calendar.add(written, days).due
            if bound.terms.working
            else written + timedelta(days=days)
        )
        begun = bound.record.stands_since
        if row.on > due and (begun is None or written >= begun):
            yield Late(row, written, end_of_day(due), str(bound.cadence), bound.cadence.clause)


def _approved(rows: QuerySet[Publication]) -> Iterator[Late]:
    """From the last approval, by who signs for what is major; only where the office has set the hours."""
    known = {key: (parameters.value(key), _clause(key)) for key in HOURS.values()}
    if not any(hours for hours, _ in known.values()):
        return
    steps = ReviewStep.objects.filter(revision=OuterRef("revision"), state=StepState.APPROVED)
    last = steps.order_by("-decided_at", "-pk")
    rows = rows.annotate(
        approved_at=Subquery(last.values("decided_at")[:1]), power=Subquery(last.values("power")[:1])
    )
    shortest = min(hours for hours, _ in known.values() if hours)
    slow = rows.filter(at__gt=F("approved_at") + timedelta(hours=shortest))
    for row in slow.select_related(*SHOWN_WITH).iterator(chunk_size=500):
        hours, clause = known[HOURS[row.power == Power.SIGN]]
        due_at = row.approved_at + timedelta(hours=hours or 0)
        if hours and row.at > due_at:
            yield Late(row, row.approved_at, due_at, f"审核通过后 {hours} 小时内发布", clause)


def _clause(key: str) -> str:
    row = Parameter.objects.filter(key=key).first()
    return row.clause if row else parameters.standard()[key]["clause"]
