"""How an update limit stands on a day: a pure decision over what was published when (石家庄第十五条; 大庆第七条;
质监第十四条; 慈溪第十七条).

A week is Monday to Sunday, a month the calendar month. What ended short is red until what was missing is made up;
what is short with few days left is amber. A column owes nothing for the period it was made in, nor for one that a
pause touches; a pause lets silence begin anew.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assessment.enums.radar import Light
from columns.enums import CadenceRule, Period
from portal.workdays import Calendar

ONE_DAY = timedelta(days=1)
NOW = {Period.DAY: "今日", Period.WEEK: "本周", Period.MONTH: "本月"}
BEFORE = {Period.DAY: "上一日", Period.WEEK: "上周", Period.MONTH: "上月"}


@dataclass(frozen=True)
class Span:
    """From one day to another, both included; without an end it goes on."""

    starts: date
    ends: date | None = None

    def holds(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day <= self.ends)

    def touches(self, other: "Span") -> bool:
        return (other.ends is None or self.starts <= other.ends) and (
            self.ends is None or other.starts <= self.ends
        )


@dataclass(frozen=True)
class Terms:
    """What a rule asks; `since`: the day it came into force, None for ever."""

    rule: str
    count: int = 1
    period: str = ""
    days: int = 0
    working: bool = False
    dates: tuple[tuple[int, int], ...] = ()
    since: date | None = None


@dataclass(slots=True)
class Record:
    """How a thing was kept up until the day: when it was made, its first and last update, how many in the period that
    ended and in the one that runs, and since when something issued has waited to go online.
    """

    made_on: date | None = None
    first: date | None = None
    last: date | None = None
    before: int = 0
    current: int = 0
    waiting: date | None = None

    @property
    def stands_since(self) -> date | None:
        """What was published before the column was set up here says that it is older."""
        known = [day for day in (self.made_on, self.first) if day]
        return min(known) if known else None


@dataclass(frozen=True)
class Standing:
    """`since`: not updated since that day; `due`: when it is, or was; `days_left` is negative when that is over."""

    light: Light
    words: str
    since: date | None = None
    due: date | None = None
    days_left: int | None = None
    is_paused: bool = False

    @property
    def is_red(self) -> bool:
        return self.light == Light.RED

    @property
    def overdue(self) -> int:
        """Days since it was due."""
        return max(0, -(self.days_left or 0))


PAUSED = Standing(Light.OK, "暂停计算", is_paused=True)


class Judge:
    """Decides as at one day, with one calendar; `amber`: how many days before the end it warns."""

    def __init__(self, day: date, calendar: Calendar, amber: int):
        self.day, self.calendar, self.amber = day, calendar, amber
        self._dues: dict[tuple[date, int], date] = {}

    def standing(self, terms: Terms, record: Record, pauses: Sequence[Span] = ()) -> Standing:
        if any(one.holds(self.day) for one in pauses):
            return PAUSED
        return _JUDGES[CadenceRule(terms.rule)](self, terms, record, pauses)

    def spans(self, terms: Terms) -> tuple[Span, Span | None]:
        """The period that ended last and the one that runs; on a day off no working day runs."""
        return spans(terms, self.day, self.calendar)

    def at_least(self, terms: Terms, record: Record, pauses: Sequence[Span]) -> Standing:
        before, current = self.spans(terms)
        short = terms.count - record.before if self._is_owed(before, terms, record, pauses) else 0
        if short > 0 and record.current < short:
            return self._red(before.ends, self._silent_since(before, record), self._counted(terms, record))
        if current is None or not self._is_owed(current, terms, record, pauses):
            return Standing(Light.OK, "本期不计", record.last)
        words = f"{NOW[Period(terms.period)]} {record.current} / {terms.count} 条"
        is_short = record.current < terms.count
        return self._open(current.ends, record.last, words, is_short)

    def max_silence(self, terms: Terms, record: Record, pauses: Sequence[Span]) -> Standing:
        base = self._base(terms, record, pauses)
        if base is None:
            return Standing(Light.OK, "尚无栏目")
        due = self._add(base, terms.days) if terms.working else base + timedelta(days=terms.days)
        since = record.last or record.stands_since or base
        if self.day > due:
            return self._red(due, since, "超过时限未更新")
        return self._open(due, since, "", True)

    def within_days(self, terms: Terms, record: Record, pauses: Sequence[Span]) -> Standing:
        waits = record.waiting
        if waits is None or (terms.since and waits < terms.since):
            return Standing(Light.OK, "没有待上网的文件", record.last)
        due = self._add(waits, terms.days) if terms.working else waits + timedelta(days=terms.days)
        if self.day > due and not any(one.holds(due) for one in pauses):
            return self._red(due, waits, f"{waits:%Y-%m-%d} 出台的文件尚未上网")
        return self._open(due, record.last, f"{waits:%Y-%m-%d} 出台的文件待上网", True)

    def fixed_dates(self, terms: Terms, record: Record, pauses: Sequence[Span]) -> Standing:
        """An update counts for a date from `days` before it on."""
        lead = timedelta(days=terms.days)
        days = sorted(_dates_around(terms.dates, self.day.year))
        passed = [day for day in days if day < self.day]
        coming = [day for day in days if day >= self.day]
        if passed and self._was_missed(passed[-1], lead, terms, record, pauses):
            since = record.last or record.stands_since or passed[-1]
            return self._red(passed[-1], since, "到期未更新")
        if not coming:
            return Standing(Light.OK, "没有固定日期", record.last)
        is_done = record.last is not None and record.last >= coming[0] - lead
        return self._open(coming[0], record.last, "本次已更新" if is_done else "", not is_done)

    def on_change(self, terms: Terms, record: Record, pauses: Sequence[Span]) -> Standing:
        return Standing(Light.OK, "有变化即更新", record.last)

    def _was_missed(
        self, day: date, lead: timedelta, terms: Terms, record: Record, pauses: Sequence[Span]
    ) -> bool:
        begun = [one for one in (terms.since, record.stands_since) if one]
        if any(one > day for one in begun) or any(one.holds(day) for one in pauses):
            return False
        return record.last is None or record.last < day - lead

    def _is_owed(self, span: Span, terms: Terms, record: Record, pauses: Sequence[Span]) -> bool:
        made = record.stands_since
        if (made and made >= span.starts) or (terms.since and terms.since > span.starts):
            return False
        if any(one.touches(span) for one in pauses):
            return False
        return not terms.working or any(self.calendar.is_workday(day) for day in _days(span))

    def _base(self, terms: Terms, record: Record, pauses: Sequence[Span]) -> date | None:
        """From when silence is counted: the last update, the day it was made, the rule's own first day, a pause's end."""
        known = [record.last or record.stands_since, terms.since]
        begun = max((day for day in known if day), default=None)
        if begun is None:
            return None
        ended = [one.ends for one in pauses if one.ends and one.ends >= begun and one.ends < self.day]
        return max([begun, *ended])

    def _silent_since(self, before: Span, record: Record) -> date:
        if record.before or record.current:
            return before.starts
        return record.last or record.stands_since or before.starts

    @staticmethod
    def _counted(terms: Terms, record: Record) -> str:
        added = f"，此后补 {record.current} 条" if record.current else ""
        return f"{BEFORE[Period(terms.period)]} {record.before} / {terms.count} 条{added}"

    def _red(self, due: date | None, since: date, words: str) -> Standing:
        assert due is not None
        return Standing(Light.RED, words, since, due, (due - self.day).days)

    def _open(self, due: date | None, since: date | None, words: str, is_short: bool) -> Standing:
        assert due is not None
        left = (due - self.day).days
        light = Light.AMBER if is_short and left <= self.amber else Light.OK
        return Standing(light, words, since, due, left)

    def _add(self, start: date, days: int) -> date:
        if (start, days) not in self._dues:
            self._dues[start, days] = self.calendar.add(start, days).due
        return self._dues[start, days]


_JUDGES = {
    CadenceRule.AT_LEAST: Judge.at_least,
    CadenceRule.MAX_SILENCE: Judge.max_silence,
    CadenceRule.WITHIN_DAYS: Judge.within_days,
    CadenceRule.FIXED_DATES: Judge.fixed_dates,
    CadenceRule.ON_CHANGE: Judge.on_change,
}


def spans(terms: Terms, day: date, calendar: Calendar) -> tuple[Span, Span | None]:
    """The period that ended last before `day`, and the one `day` lies in."""
    if terms.period == Period.WEEK:
        monday = day - timedelta(days=day.weekday())
        return Span(monday - timedelta(days=7), monday - ONE_DAY), Span(monday, monday + timedelta(days=6))
    if terms.period == Period.MONTH:
        first = day.replace(day=1)
        last = first - ONE_DAY
        return Span(last.replace(day=1), last), Span(
            first, first.replace(day=monthrange(day.year, day.month)[1])
        )
    yesterday = day - ONE_DAY
    while terms.working and not calendar.is_workday(yesterday):
        yesterday -= ONE_DAY
    runs = not terms.working or calendar.is_workday(day)
    return Span(yesterday, yesterday), Span(day, day) if runs else None


def months_after(day: date, months: int) -> date:
    """The same day so many months later, the last of that month where it has none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def narrowest(rules: Iterable[tuple[tuple[bool, ...], object]]) -> list[object]:
    """Of rules of one kind that bind one thing, those that name it most closely: they stand in for the wider ones.

    Each with what it names, in this order: the column, the unit, the class, the site.
    """
    known = list(rules)
    closest = max((names for names, _ in known), default=())
    return [rule for names, rule in known if names == closest]


def _dates_around(dates: Iterable[tuple[int, int]], year: int) -> Iterator[date]:
    """Each date in the year before, this and the next one; 29 February is the 28th where there is none."""
    for month, day in dates:
        for one in (year - 1, year, year + 1):
            yield date(one, month, min(day, monthrange(one, month)[1]))


def _days(span: Span) -> Iterator[date]:
    day = span.starts
    while span.ends is not None and day <= span.ends:
        yield day
        day += ONE_DAY
