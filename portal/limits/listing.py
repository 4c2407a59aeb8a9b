"""The running clocks of things that wait, read along with them: the calendar once, and only when a clock runs."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, OuterRef, QuerySet, Subquery

from portal.limits.reading import calendar_for, time_left, urgency
from portal.models import Limit


def with_clock(rows: QuerySet) -> QuerySet:
    """Nearest due first; each row with `due_at` and `computed` of its running limit, None where no clock runs."""
    subject = ContentType.objects.get_for_model(rows.model)
    running = Limit.objects.filter(subject_type=subject, subject_id=OuterRef("pk"), met_at=None)
    running = running.order_by("due_at")
    rows = rows.annotate(
        due_at=Subquery(running.values("due_at")[:1]), computed=Subquery(running.values("computed")[:1])
    )
    return rows.order_by(F("due_at").asc(nulls_last=True), "pk")


def clock_of(row: Any) -> Limit | None:
    """The running limit as `with_clock` read it."""
    return Limit(due_at=row.due_at, computed=row.computed) if row.due_at else None


def timed(rows: Iterable[Any]) -> list[tuple[Any, dict[str, Any]]]:
    """Each row of `with_clock` with what a list says of its time: `due_at`, `urgency`, `time_left`."""
    rows = list(rows)
    clocks = {row.pk: clock for row in rows if (clock := clock_of(row))}
    calendar = calendar_for(clocks.values()) if clocks else None
    return [(row, _words(clocks[row.pk], calendar) if row.pk in clocks else {}) for row in rows]


def _words(clock: Limit, calendar: Any) -> dict[str, Any]:
    return {
        "due_at": clock.due_at,
        "urgency": urgency(clock, calendar=calendar),
        "time_left": time_left(clock, calendar=calendar),
    }
