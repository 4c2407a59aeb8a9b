"""When an update limit is broken: the day on which whoever looks finds the update missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assessment.rules.dates import months_after
from columns.enums import CadenceRule, Period
from portal.workdays import Calendar

NEVER = date.min


@dataclass(frozen=True)
class Rhythm:
    """A cadence, as plain values. `since`: no update before this day is asked for."""

    rule: str
    count: int = 1
    period: str = ""
    days: int | None = None
    working: bool = False
    dates: tuple[tuple[int, int], ...] = ()
    since: date | None = None


def due_on(rhythm: Rhythm, updates: Sequence[date], day: date, calendar: Calendar) -> date | None:
    """The day from which on the update is missing, or None where the rule says no such day.

    updates: newest first. What depends on an event (有变化即更新, 出台后限期) cannot be told from dates alone.
    """
    if rhythm.rule == CadenceRule.AT_LEAST:
        base = _base(rhythm, updates, rhythm.count)
        return base if base == NEVER else _after_period(rhythm, base, calendar)
    if rhythm.rule == CadenceRule.MAX_SILENCE and rhythm.days:
        base = _base(rhythm, updates, 1)
        return base if base == NEVER else _after_days(rhythm, base, rhythm.days, calendar)
    if rhythm.rule == CadenceRule.FIXED_DATES and rhythm.dates:
        return _after_fixed(rhythm, updates, day)
    return None


def _base(rhythm: Rhythm, updates: Sequence[date], count: int) -> date:
    """The n-th newest update: with it the number is kept until its period is over."""
    found = updates[count - 1] if len(updates) >= count else NEVER
    return max(found, rhythm.since or NEVER)


def _after_period(rhythm: Rhythm, base: date, calendar: Calendar) -> date:
    if rhythm.period == Period.MONTH:
        return months_after(base, 1)
    return _after_days(rhythm, base, 1 if rhythm.period == Period.DAY else 7, calendar)


def _after_days(rhythm: Rhythm, base: date, days: int, calendar: Calendar) -> date:
    """By working days the last of them still counts, so it is missing from the day after."""
    if rhythm.working:
        return calendar.add(base, days).due + timedelta(days=1)
    return base + timedelta(days=days)


def _after_fixed(rhythm: Rhythm, updates: Sequence[date], day: date) -> date:
    """The first fixed day, of those since the last update, that has passed, or the next to come."""
    newest = max(updates[0] if updates else NEVER, rhythm.since or NEVER)
    years = (day.year - 1, day.year, day.year + 1)
    fixed = sorted(
        months_after(date(year, 1, number), month - 1) for year in years for month, number in rhythm.dates
    )
    owed = [one for one in fixed if one > newest]
    return owed[0] + timedelta(days=1) if owed else NEVER
