"""When sample things happened: on a working day, in office hours, never in the future."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from portal import clock
from portal.workdays import Calendar


class Days:
    """Moments of the past; one calendar for all of them."""

    def __init__(self) -> None:
        self.calendar = Calendar.load()

    def at(self, days_ago: int, hour: int, minute: int = 0) -> datetime:
        """`hour` of the working day so many days ago or the last one before; some minutes ago where that is to come."""
        day = clock.today() - timedelta(days=days_ago)
        while not self.calendar.is_workday(day):
            day -= timedelta(days=1)
        moment = timezone.make_aware(datetime.combine(day, time(hour, minute)))
        return min(moment, clock.now() - timedelta(minutes=60 - minute))
