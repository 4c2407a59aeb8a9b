"""Moments of sample stories: so many days from today, at an hour, on a working day where it matters."""

from datetime import datetime, timedelta

from portal import clock
from portal.workdays import Calendar


def moment(ago: int, *, hour: int, minute: int = 0) -> datetime:
    """`ago` days before today (negative: after) at that time of day in Asia/Shanghai; of today, never later than now."""
    day = clock.local(clock.now()) - timedelta(days=ago)
    then = day.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return min(then, clock.now() - timedelta(minutes=5)) if ago >= 0 else then


def on_workday(then: datetime) -> datetime:
    """The same time of day on the next working day, this one where it is one."""
    calendar = Calendar.load()
    while not calendar.is_workday(clock.local(then).date()):
        then += timedelta(days=1)
    return then
