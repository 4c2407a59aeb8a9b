"""Working days in China: weekends and holidays are off, make-up days (调休) are on.

The office's own table comes first, the `holidays` package second. A year whose plan the State Council has not
published is computed from weekends alone, and every date derived from it is marked 暂按周末推算.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import NamedTuple

from django.utils import timezone
from holidays.countries.china import China

from portal.models import CalendarDay, CalendarYear

ESTIMATED = "暂按周末推算"
MADE_UP = "调休上班"
WEEKEND = {5: "周六", 6: "周日"}
FIRST_YEAR, LAST_YEAR, MOST_DAYS = 1950, 2100, 5000
ONE_DAY = timedelta(days=1)


class Day(NamedTuple):
    """What a day is, and why in Chinese; `why` is empty for an ordinary working day."""

    is_workday: bool
    why: str


@dataclass(frozen=True)
class Due:
    """The due date `days` working days after `start`, and how it came about, day by day."""

    start: date
    days: int
    due: date
    estimated: bool
    skipped: list[tuple[date, str]]
    made_up: list[date]

    def as_json(self) -> dict:
        """Dates as ISO texts, under the names the `workdays` command promises."""
        return {
            "start": self.start.isoformat(),
            "days": self.days,
            "due": self.due.isoformat(),
            "estimated": self.estimated,
            "skipped": [{"date": day.isoformat(), "why": why} for day, why in self.skipped],
            "made_up": [day.isoformat() for day in self.made_up],
        }


@dataclass(frozen=True)
class Calendar:
    """The working-day calendar, read once: `days` are the table's rows, `confirmed` the years it settles.

    `years` limits it to the years that were loaded; asking about another raises LookupError.
    """

    days: Mapping[date, Day] = field(default_factory=dict)
    confirmed: Collection[int] = frozenset()
    years: Collection[int] = range(FIRST_YEAR, LAST_YEAR + 1)

    @classmethod
    def load(cls, years: Iterable[int] | None = None) -> "Calendar":
        """Read the table (two queries), all of it or only some `years`."""
        wanted = frozenset(years or range(FIRST_YEAR, LAST_YEAR + 1))
        first, last = min(wanted), max(wanted)
        rows = CalendarDay.objects.filter(date__range=(date(first, 1, 1), date(last, 12, 31)))
        days = {
            day: Day(is_workday, note or default_note(day, is_workday))
            for day, is_workday, note in rows.values_list("date", "is_workday", "note")
        }
        confirmed = CalendarYear.objects.filter(is_confirmed=True, year__range=(first, last))
        return cls(days, frozenset(confirmed.values_list("year", flat=True)), wanted)

    @classmethod
    def since(cls, day: date) -> "Calendar":
        """What a count that begins on `day` may need: its year and all later ones."""
        return cls.load(range(day.year, LAST_YEAR + 1))

    def day(self, day: date) -> Day:
        """The table first, the package second (only for a year the table has not settled), weekends last."""
        self._require(day.year)
        plan = None if day.year in self.confirmed else published_plan(day.year)
        return self.days.get(day) or (plan or {}).get(day) or _plain_day(day)

    def is_workday(self, day: date) -> bool:
        return self.day(day).is_workday

    def why(self, day: date) -> str:
        """周六, 国庆节, 调休上班 …; empty for an ordinary working day."""
        return self.day(day).why

    def is_published(self, year: int) -> bool:
        """Whether the year's plan is known, from the table or from the package."""
        return year in self.confirmed or published_plan(year) is not None

    def add(self, start: date, n: int) -> Due:
        """The due date `n` working days after `start`, which itself does not count (自次日起算).

        With n = 0 it is `start`, or the next working day if `start` is off. Raises ValueError for a negative
        or absurd n, LookupError when the count leaves the calendar's years.
        """
        if not 0 <= n <= MOST_DAYS:
            raise ValueError(f"工作日数须在 0 至 {MOST_DAYS} 之间，不能是 {n}")
        self._require(start.year)
        skipped, made_up, left, years = [], [], n or 1, set()
        for day in _days_from(start if n == 0 else start + ONE_DAY):
            years.add(day.year)
            is_workday, why = self.day(day)
            if not is_workday:
                skipped.append((day, why))
                continue
            if day.weekday() in WEEKEND:
                made_up.append(day)
            left -= 1
            if not left:
                break
        estimated = not all(self.is_published(year) for year in years)
        return Due(start, n, day, estimated, skipped, made_up)

    def due_at(self, start: datetime, n: int) -> datetime:
        """The last second, in Asia/Shanghai, of the day `n` working days after the aware moment `start`."""
        return end_of_day(self.add(timezone.localdate(start), n).due)

    def working_days_between(self, a: date, b: date) -> int:
        """Working days after `a` up to and including `b`; negative when `b` comes first."""
        if b < a:
            return -self.working_days_between(b, a)
        return sum(self.is_workday(a + ONE_DAY * i) for i in range(1, (b - a).days + 1))

    def _require(self, year: int) -> None:
        if year not in self.years:
            raise LookupError(f"没有 {year} 年的工作日历")


def end_of_day(day: date) -> datetime:
    """23:59:59 of `day` in Asia/Shanghai."""
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))


def default_note(day: date, is_workday: bool) -> str:
    """What a table row without a note says of its day."""
    if not is_workday:
        return WEEKEND.get(day.weekday(), "放假")
    return MADE_UP if day.weekday() in WEEKEND else ""


@cache
def published_plan(year: int) -> Mapping[date, Day] | None:
    """The year's holidays and make-up days as the package has them, weekends inside a holiday included.

    None for a year it only guesses: each plan since 2001 moves some weekend, a guess moves none.
    """
    source = China(years=range(year - 1, year + 2), language="zh_CN")
    moved = {day for day in source.weekend_workdays if day.year == year}
    if not moved:
        return None
    rest = {day: Day(False, name) for day, name in _named_breaks(source) if day.year == year}
    return rest | {day: Day(True, MADE_UP) for day in moved}


def explain(due: Due) -> str:
    """One Chinese sentence: from when, how many days, what is left out and why, made up, until when."""
    parts = [f"{_text(due.start)}起算", f"{due.days}个工作日"]
    breaks = [_break_text(run) for run in _runs(due.skipped)]
    rests = [text for text in breaks if text] + ["周末"] * ("" in breaks)
    if rests:
        parts.append("、".join(rests) + "不计")
    if due.made_up:
        parts.append("、".join(_text(day, due.start) for day in due.made_up) + "调休上班计入")
    parts.append(f"{_text(due.due, due.start)}到期" + f"（{ESTIMATED}）" * due.estimated)
    return "，".join(parts)


def _plain_day(day: date) -> Day:
    weekend = WEEKEND.get(day.weekday(), "")
    return Day(not weekend, weekend)


def _days_from(day: date) -> Iterator[date]:
    while True:
        yield day
        day += ONE_DAY


def _named_breaks(source: China) -> Iterator[tuple[date, str]]:
    """Every day off of each holiday, with the holiday's name; a swapped day bears its break's name."""
    off = sorted(day for day in _with_weekends(source) if day not in source.weekend_workdays)
    for run in _runs((day, source.get(day, "")) for day in off):
        own = {day: _festivals(label) for day, label in run}
        names = list(dict.fromkeys(name for festivals in own.values() for name in festivals))
        if names:
            yield from ((day, "、".join(own[day] or names)) for day, _ in run)


def _with_weekends(source: China) -> set[date]:
    """The package's days off and all weekends next to or between them."""
    near = {day + ONE_DAY * step for day in source for step in range(-2, 3)}
    return set(source) | {day for day in near if day.weekday() in WEEKEND}


def _festivals(label: str) -> list[str]:
    """The festivals in a label of the package: 国庆节（补假） is 国庆节, a swapped 休息日 has none."""
    names = [name.partition("（")[0] for name in label.split("; ")]
    names = ["春节" if name == "农历除夕" else name.removesuffix("延长假期") for name in names]
    return [name for name in names if name not in ("", "休息日")]


def _runs(days: Iterable[tuple[date, str]]) -> list[list[tuple[date, str]]]:
    """Days in order, cut where one does not follow the other."""
    runs: list[list[tuple[date, str]]] = []
    for day, why in days:
        if runs and runs[-1][-1][0] + ONE_DAY == day:
            runs[-1].append((day, why))
        else:
            runs.append([(day, why)])
    return runs


def _break_text(run: list[tuple[date, str]]) -> str:
    """国庆节10月1日至7日; empty for a plain weekend."""
    whys = dict.fromkeys(name for _, why in run for name in why.split("、") if name not in WEEKEND.values())
    if not whys:
        return ""
    first, last = run[0][0], run[-1][0]
    until = f"{last.day}日" if first.month == last.month else _text(last, first)
    return "、".join(whys) + _text(first, first) + (f"至{until}" if first != last else "")


def _text(day: date, beside: date | None = None) -> str:
    """10月20日, with its year unless that is the same as `beside`'s."""
    text = f"{day.month}月{day.day}日"
    return text if beside and beside.year == day.year else f"{day.year}年{text}"
