"""How old open letters are, department by department: what the office sees before the inspector does."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.db.models import Avg, Count, DurationField, F, Q

from interaction.enums.letters import OPEN_STATES
from interaction.models import Letter
from interaction.queries.letters import ANSWER_LABEL, overdue_letters
from portal import clock
from portal.models import Department, Site
from portal.workdays import Calendar, end_of_day

BUCKETS = (2, 5, 10)
"""Working days: up to two, up to five, up to ten, more."""


@dataclass(frozen=True)
class Ageing:
    """One department: open letters by age in working days, youngest first, and how many are late."""

    department: Department | None
    numbers: list[int]
    late: int

    @property
    def total(self) -> int:
        return sum(self.numbers)


@dataclass(frozen=True)
class Record:
    """One department's last twelve months."""

    department: Department
    answered: int
    on_time: int
    days: float | None


def labels() -> list[str]:
    bounds = [0, *BUCKETS]
    young = [f"{low + 1}–{high} 个工作日" for low, high in zip(bounds, BUCKETS, strict=False)]
    return [young[0].replace("1–", "不超过 "), *young[1:], f"{BUCKETS[-1]} 个以上"]


def ageing(site: Site) -> list[Ageing]:
    """Departments with open letters, most letters first; those not yet received stand under None. Three queries."""
    edges = [end_of_day(day) for day in _edges(clock.today())]
    spans = [Q(written_at__gt=edges[0])]
    spans += [Q(written_at__gt=old, written_at__lte=young) for young, old in pairwise(edges)]
    spans += [Q(written_at__lte=edges[-1])]
    numbers = {f"n{place}": Count("pk", filter=span) for place, span in enumerate(spans)}
    late = Count("pk", filter=Q(pk__in=overdue_letters()))
    found = Letter.objects.filter(site=site, state__in=OPEN_STATES).order_by()
    rows = list(found.values("department").annotate(**numbers, late=late))
    departments = Department.objects.in_bulk([row["department"] for row in rows if row["department"]])
    made = [
        Ageing(
            departments.get(row["department"]), [row[f"n{place}"] for place in range(len(spans))], row["late"]
        )
        for row in rows
    ]
    return sorted(made, key=lambda one: -one.total)


def records(site: Site) -> list[Record]:
    """Answers of the last year by department, those to letters handled again too: how many, how many in time, after
    how many days of their clock. Two queries.
    """
    since = clock.now() - timedelta(days=365)
    in_time = Count("pk", filter=Q(limits__met_at__lte=F("limits__due_at")))
    took = Avg(F("limits__met_at") - F("limits__started_at"), output_field=DurationField())
    found = Letter.objects.filter(
        site=site, answered_at__isnull=False, department__isnull=False, limits__label=ANSWER_LABEL,
        limits__met_at__gte=since,
    )  # fmt: skip
    rows = list(
        found.order_by().values("department").annotate(answered=Count("pk"), on_time=in_time, took=took)
    )
    departments = Department.objects.in_bulk([row["department"] for row in rows])
    made = [
        Record(
            departments[row["department"]],
            row["answered"],
            row["on_time"],
            row["took"].total_seconds() / 86400,
        )
        for row in rows
    ]
    return sorted(made, key=lambda one: one.department.position)


def _edges(today: date) -> list[date]:
    """The last days on which a letter of each age was written, going back."""
    calendar, edges, day, passed = Calendar.load([today.year - 1, today.year]), [], today, 0
    while len(edges) < len(BUCKETS):
        passed += calendar.is_workday(day)
        day -= timedelta(days=1)
        if passed in BUCKETS and calendar.is_workday(day):
            edges += [day] if len(edges) < BUCKETS.index(passed) + 1 else []
    return edges
