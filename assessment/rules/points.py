"""From facts to points: one pure function a kind of indicator. Decimal throughout, halves up, two places.

What `settings` hold (presets/schema.yaml says the same):

    COUNTED    per_item                          points = number × per_item, at most `most`
    BANDED     bands [[from, points], …]         the band with the highest `from` that the number reaches, else 0
    RHYTHM     weekly, half_monthly, monthly, times   a month in four parts, in halves, whole: see `rhythm`
    DEDUCTED   per_item                          points = most − number × per_item, never below 0
    RATIO      when_none (full, zero)            points = most × number ÷ of; of nothing: full or zero
    CHECKLIST  items [{key, label, points}, …]   the points of what was ticked; nothing is computed
    VOTE       least_votes                       points = most × votes for ÷ votes cast; too few votes: nothing computed
    MANUAL                                       whoever assesses says it; nothing is computed
"""

from calendar import monthrange
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from assessment.enums.schemes import IndicatorKind

CENT = Decimal("0.01")
NOTHING = Decimal("0.00")
Settings = Mapping[str, Any]


class Window(NamedTuple):
    """From one day to another, both included."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Tally:
    """What was found of one unit: how many, out of how many, on which days."""

    number: Decimal = NOTHING
    of: Decimal | None = None
    days: frozenset[date] = frozenset()

    def __add__(self, other: "Tally") -> "Tally":
        parts = [part for part in (self.of, other.of) if part is not None]
        return Tally(
            self.number + other.number, sum(parts, NOTHING) if parts else None, self.days | other.days
        )


EMPTY = Tally()


def points_for(
    kind: str, settings: Settings, most: Decimal | None, tally: Tally, window: Window
) -> Decimal | None:
    """The points of one indicator; None where a person has to say. An unknown kind raises ValueError."""
    return _KINDS[IndicatorKind(kind)](settings, most, tally, window)


def rounded(value: Any) -> Decimal:
    """Two places, halves up: 2.345 is 2.35."""
    return Decimal(value).quantize(CENT, ROUND_HALF_UP)


def number(value: Any) -> Decimal:
    """A number of a preset or of JSON, exactly as it is written there."""
    return value if isinstance(value, Decimal) else Decimal(str(value))


def counted(settings: Settings, most: Decimal | None, tally: Tally, window: Window) -> Decimal:
    """Every item its points, up to the ceiling (麻山第三条：每 1 条记 6 分)."""
    return _within(tally.number * number(settings["per_item"]), most)


def banded(settings: Settings, most: Decimal | None, tally: Tally, window: Window) -> Decimal:
    """The highest band reached (大庆第七条：每月不少于 20 条)."""
    reached = [number(points) for least, points in settings["bands"] if tally.number >= number(least)]
    return _within(max(reached, default=NOTHING), most)


def rhythm(settings: Settings, most: Decimal | None, tally: Tally, window: Window) -> Decimal:
    """How often in a month (麻山第三条). Its parts are 1–7, 8–14, 15–21, 22 to the end; its halves 1–15, 16 to the end.

    Something in each part is `weekly`, else something in each half `half_monthly`, else anything at all `monthly`, else
    nothing. `times`: on how many different days, in each (大庆第七条：每周不少于 2 次). Of several months the mean.
    """
    by_month: dict[date, list[date]] = {first: [] for first in _months(window)}
    for day in tally.days:
        by_month[day.replace(day=1)].append(day)
    months = [_rhythm_of(settings, days, first) for first, days in by_month.items()]
    return _within(sum(months, NOTHING) / len(months), most)


def deducted(settings: Settings, most: Decimal | None, tally: Tally, window: Window) -> Decimal:
    """Full marks less what each case costs; nothing below zero."""
    return rounded(max(NOTHING, (most or NOTHING) - tally.number * number(settings["per_item"])))


def ratio(settings: Settings, most: Decimal | None, tally: Tally, window: Window) -> Decimal:
    if not tally.of:
        return rounded(most or 0) if settings.get("when_none", "full") == "full" else NOTHING
    return _within((most or NOTHING) * min(tally.number, tally.of) / tally.of, most)


def checklist(settings: Settings, most: Decimal | None, tally: Tally, window: Window) -> None:
    """Nobody can compute whether somebody is in charge: see `ticked`."""
    return None


def vote(settings: Settings, most: Decimal | None, tally: Tally, window: Window) -> Decimal | None:
    if not tally.of or tally.of < number(settings.get("least_votes", 1)):
        return None
    return _within((most or NOTHING) * min(tally.number, tally.of) / tally.of, most)


def manual(settings: Settings, most: Decimal | None, tally: Tally, window: Window) -> None:
    return None


def ticked(settings: Settings, keys: Collection[str]) -> Decimal:
    """Points of a checklist of which `keys` hold; keys that are none count nothing."""
    return rounded(sum((number(one["points"]) for one in settings["items"] if one["key"] in keys), NOTHING))


def parts(first: date) -> list[list[Window]]:
    """A month as RHYTHM sees it: its four parts, its two halves, and itself."""
    end = date(first.year, first.month, monthrange(first.year, first.month)[1])

    def cut(*days: int) -> list[Window]:
        starts = [first.replace(day=day) for day in days]
        ends = [first.replace(day=day - 1) for day in days[1:]]
        return [Window(*both) for both in zip(starts, [*ends, end], strict=True)]

    return [cut(1, 8, 15, 22), cut(1, 16), cut(1)]


def _rhythm_of(settings: Settings, days: list[date], first: date) -> Decimal:
    for name, spans in zip(("weekly", "half_monthly", "monthly"), parts(first), strict=True):
        if _each_has(days, spans, int(settings.get("times", 1))):
            return number(settings.get(name, 0))
    return NOTHING


def _each_has(days: Iterable[date], spans: list[Window], times: int) -> bool:
    return all(sum(span.starts_on <= day <= span.ends_on for day in days) >= times for span in spans)


def _months(window: Window) -> list[date]:
    """The first days of the months that the window touches."""
    months, step = [], window.starts_on.replace(day=1)
    while step <= window.ends_on:
        months.append(step)
        step = date(step.year + step.month // 12, step.month % 12 + 1, 1)
    return months


def _within(points: Decimal, most: Decimal | None) -> Decimal:
    return rounded(max(NOTHING, points if most is None else min(points, most)))


_KINDS: dict[IndicatorKind, Callable[[Settings, Decimal | None, Tally, Window], Decimal | None]] = {
    IndicatorKind.COUNTED: counted,
    IndicatorKind.BANDED: banded,
    IndicatorKind.RHYTHM: rhythm,
    IndicatorKind.DEDUCTED: deducted,
    IndicatorKind.RATIO: ratio,
    IndicatorKind.CHECKLIST: checklist,
    IndicatorKind.VOTE: vote,
    IndicatorKind.MANUAL: manual,
}
