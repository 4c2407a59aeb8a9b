"""What a source of facts offers: grouped numbers for all units at once, and the things behind every number."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from assessment.rules.points import Tally, Window

Options = Mapping[str, Any]
OPTIONS = ("reprints", "update_class", "columns", "hours", "hours_signed", "within_days", "item")
"""Settings of an indicator that say which facts are meant; the others say what they are worth."""


@dataclass(frozen=True)
class Line:
    """One thing behind a figure, as it reads in a list."""

    pk: int
    unit: int
    title: str
    on: date
    counted: bool
    url: str = ""
    why: str = ""
    like: str = ""
    like_url: str = ""
    column: int | None = None
    is_live: bool = True
    overruled: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "title": self.title, "url": self.url, "on": self.on.isoformat(), "counted": self.counted, "why": self.why,
        }  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """One source. `tally` and `rows` know the unit each thing is credited to (`at`: the path to it).

    `rows` are all things of the time, those too that did not count; `counted` those behind the number.
    """

    key: str
    label: str
    word: str
    explains: str
    thing: str
    kinds: frozenset[str]
    at: str
    tally: Callable[[Window, Options], dict[int, Tally]]
    rows: Callable[[Window, Options], QuerySet]
    counted: Callable[[Window, Options], QuerySet]
    line: Callable[[Any, bool], Line]

    def ids(self, window: Window, options: Options) -> dict[int, list[int]]:
        """Of every unit, what its number was counted from: what a seal keeps. One query."""
        found: dict[int, list[int]] = {}
        rows = self.counted(window, options).order_by("pk").values_list(self.at, "pk")
        for unit, pk in rows.iterator(chunk_size=5000):
            if unit is not None:
                found.setdefault(unit, []).append(pk)
        return found

    def lines(self, rows: Iterable[Any], counted: set[int]) -> list[Line]:
        """`rows` read, each with whether it is among those that `counted`."""
        return [self.line(row, row.pk in counted) for row in rows]


FACTS: dict[str, Fact] = {}


def register(*facts: Fact) -> None:
    FACTS.update({fact.key: fact for fact in facts})


def kinds_by_fact() -> dict[str, frozenset[str]]:
    """For the checks of a scheme (`rules.schemes.faults`)."""
    return {key: fact.kinds for key, fact in FACTS.items()}


def options_of(settings: Mapping[str, Any]) -> dict[str, Any]:
    return {name: settings[name] for name in OPTIONS if name in settings}


def moments(window: Window) -> tuple[datetime, datetime]:
    """From the first second of the window to the first one after it, in Asia/Shanghai."""
    return start_of(window.starts_on), start_of(date.fromordinal(window.ends_on.toordinal() + 1))


def start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
