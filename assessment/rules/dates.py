"""Spans of dates as offices speak of them: months later, quarters, what somebody typed as 自 and 至."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

QUARTER = re.compile(r"(20[0-9]{2})-?[Qq]([1-4])")
MOST_YEARS = 5


def months_after(day: date, months: int) -> date:
    """The same day so many months later; of a shorter month its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True, order=True)
class Quarter:
    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        return cls(day.year, (day.month - 1) // 3 + 1)

    @classmethod
    def read(cls, text: str) -> "Quarter | None":
        """From 2026Q3; None where it is no quarter."""
        found = QUARTER.fullmatch(text.strip())
        return cls(int(found[1]), int(found[2])) if found else None

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"

    @property
    def label(self) -> str:
        return f"{self.year} 年第{'一二三四'[self.number - 1]}季度"

    @property
    def first(self) -> date:
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def last(self) -> date:
        return months_after(self.first, 3) - timedelta(days=1)

    def back(self, quarters: int) -> "Quarter":
        return Quarter.of(months_after(self.first, -3 * quarters))


def why_not_span(first: date, last: date) -> str:
    """Why these days cannot be looked at together, or nothing."""
    if first > last:
        return "“自”不能晚于“至”"
    if last > months_after(first, 12 * MOST_YEARS):
        return f"一次最多看 {MOST_YEARS} 年"
    return ""
