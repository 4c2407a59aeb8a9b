"""催办: at half of the days, one before, on the day and after. Nothing is told on days off.

What was told is known by the notice's own key, so that a sweep may run twice.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.timezone import localdate

from portal import clock, notices
from portal.enums import NoticeKind, Stage
from portal.limits.reading import stage
from portal.models import Limit, User
from portal.workdays import Calendar

MORNING = 8


@dataclass(frozen=True)
class Call:
    """Whom a clock calls, with which words, and where to."""

    people: Iterable[User]
    title: str
    url: str


def remind(rows: Sequence[Limit], call: Callable[[Limit, Stage], Call]) -> int:
    """Of each clock every stage once, once overdue every working day. Returns how many people were told."""
    if not rows or not is_time(MORNING):
        return 0
    calendar, told = Calendar.since(min(localdate(limit.started_at) for limit in rows)), 0
    for limit in rows:
        if found := stage(limit, clock.now(), calendar):
            one = call(limit, found)
            told += tell_once(one.people, one.title, one.url, _key(limit, found))
    return told


def tell_once(people: Iterable[User], title: str, url: str, key: str) -> int:
    """待办 to those whom the key has not reached yet; returns how many they are."""
    known = notices.told(key)
    fresh = [person for person in people if person.pk not in known]
    notices.tell(fresh, title, kind=NoticeKind.TODO, url=url, key=key)
    return len(fresh)


def is_time(hour: int) -> bool:
    """Whether it is a working day, at `hour` or later."""
    now = clock.local(clock.now())
    return now.hour >= hour and Calendar.load([now.year]).is_workday(now.date())


def _key(limit: Limit, found: Stage) -> str:
    day = f"-{clock.today():%Y%m%d}" if found == Stage.OVERDUE else ""
    return f"limit-{limit.pk}-{limit.due_at:%Y%m%d}-{found}{day}"
