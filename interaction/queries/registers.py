"""查看登记 (常山(十): 每个工作日由专人查看一次): who looked into which letterbox on which day, and where nobody did."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from columns import rules as column_rules
from interaction.enums.letters import OPEN_STATES
from interaction.models import Letterbox, LetterboxLook
from interaction.queries.letter_board import OVERSEE
from portal import clock
from portal.enums import Power
from portal.models import User
from portal.workdays import Calendar

MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Day:
    """`look` None: nobody looked. `is_due`: it is a working day that has begun."""

    day: date
    is_workday: bool
    is_due: bool
    look: LetterboxLook | None


@dataclass(frozen=True)
class Line:
    """One letterbox in one month."""

    box: Letterbox
    days: list[Day]

    @property
    def missed(self) -> int:
        today = clock.today()
        return sum(one.is_due and one.look is None and one.day < today for one in self.days)


def month_of(text: str) -> date:
    """The first day of `2026-09`; of this month for anything else."""
    found = MONTH.fullmatch(text)
    return date(int(found[1]), int(found[2]), 1) if found else clock.today().replace(day=1)


def seen_by(user: User) -> list[Letterbox]:
    """Letterboxes the person receives for, and all of the sites they oversee, with the number of open letters."""
    powers = column_rules.powers_of(user)
    wanted = Q(site__in=powers.sites_with(*OVERSEE))
    for site in powers.sites_with(Power.ANSWER):
        seats = {seat.department_id for seat in column_rules.seats(user, Power.ANSWER, site)}
        wanted |= Q(site=site, receiver__in=seats)
    rows = Letterbox.objects.filter(wanted).select_related("site", "receiver")
    return list(rows.annotate(waiting=Count("letters", filter=Q(letters__state__in=OPEN_STATES))))


def register(boxes: Iterable[Letterbox], month: date) -> list[Line]:
    """Every letterbox with every day of the month: three queries."""
    found = list(boxes)
    days = _days(month)
    looks = LetterboxLook.objects.filter(letterbox__in=found, day__range=(days[0], days[-1])).select_related(
        "by"
    )
    by_day = {(look.letterbox_id, look.day): look for look in looks}
    calendar, today = Calendar.load([month.year]), clock.today()
    return [
        Line(box, [
            Day(day, calendar.is_workday(day), box.is_looked_at_daily and calendar.is_workday(day) and day <= today,
                by_day.get((box.pk, day)))
            for day in days
        ])
        for box in found
    ]  # fmt: skip


def latest(box: Letterbox) -> QuerySet[LetterboxLook]:
    return box.looks.select_related("by")[:10]


def _days(month: date) -> list[date]:
    day, days = month, []
    while day.month == month.month:
        days.append(day)
        day += timedelta(days=1)
    return days
