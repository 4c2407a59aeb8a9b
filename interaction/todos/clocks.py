"""Rows that wait, with the words of their clocks; the calendar is read once, and only when a clock runs."""

from collections.abc import Iterable
from typing import Any

from interaction.queries.clocks import clock_of
from portal import limits


def timed(rows: Iterable[Any]) -> list[tuple[Any, dict[str, Any]]]:
    """Each row of `with_clock` with what a `Todo` says of its time: `due_at`, `urgency`, `time_left`."""
    rows = list(rows)
    clocks = {row.pk: clock for row in rows if (clock := clock_of(row))}
    calendar = limits.calendar_for(clocks.values()) if clocks else None
    return [(row, _words(clocks[row.pk], calendar) if row.pk in clocks else {}) for row in rows]


def _words(clock: Any, calendar: Any) -> dict[str, Any]:
    return {
        "due_at": clock.due_at,
        "urgency": limits.urgency(clock, calendar=calendar),
        "time_left": limits.time_left(clock, calendar=calendar),
    }
