"""What the desk reads of departures: lists, one handover with all that is open, what somebody would lose."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from portal import clock, open_work
from portal.departures import rules
from portal.models import AuditEntry, Department, Departure, User
from portal.open_work import Kind, Line

PAGE_SIZE = 20
SHOWN = 100
WITH_ALL = ("person", "from_department", "to_department", "asked", "recorded_by", "closed_by")
DONE, OPEN = Q(carried_out_at__isnull=False), Q(closed_at=None, called_off_at=None)
HEAPS = {
    "handovers": ("待交接", DONE & OPEN),
    "planned": ("计划中", Q(carried_out_at=None) & OPEN),
    "ended": ("已结束", ~OPEN),
}


@dataclass(frozen=True)
class Group:
    """One kind of open work: how much there is in all, and the first `SHOWN` of it."""

    kind: Kind
    number: int
    lines: Sequence[Line]

    @property
    def movable(self) -> list[Line]:
        """The lines that can be handed over here."""
        return [line for line in self.lines if self.kind.hand_over and line.successors and not line.advice]


@dataclass(frozen=True)
class Candidate:
    """Somebody who may take over `number` of the lines shown."""

    person: User
    number: int


def seen_by(user: User) -> QuerySet[Departure]:
    """Every departure for those who watch; for a head those of their department; nobody sees their own here."""
    rows = Departure.objects.exclude(person=user).select_related(*WITH_ALL)
    if rules.watches(user):
        return rows
    led = Department.objects.filter(head=user)
    return rows.filter(Q(asked=user) | Q(from_department__in=led))


def waiting_for(user: User) -> QuerySet[Departure]:
    """What `user` is to hand over; what nobody was asked for falls to 网管."""
    mine = Q(asked=user)
    if rules.keeps(user):
        mine |= Q(asked=None)
    rows = Departure.objects.filter(mine, HEAPS["handovers"][1]).exclude(person=user)
    return rows.select_related(*WITH_ALL).order_by("effective_on", "pk")


def heap(user: User, key: str, number: int | str | None) -> Page:
    """One page of a heap; the open ones longest waiting first."""
    order = ("-effective_on", "-pk") if key == "ended" else ("effective_on", "pk")
    return Paginator(seen_by(user).filter(HEAPS[key][1]).order_by(*order), PAGE_SIZE).get_page(number)


def counts(user: User) -> dict[str, int]:
    rows = seen_by(user)
    return {key: rows.filter(which).count() for key, (_, which) in HEAPS.items()}


def groups(departure: Departure, viewer: User) -> list[Group]:
    """All open work by kind, kinds without any left out; a bounded number of queries."""
    found = []
    for kind in open_work.kinds():
        waiting = kind.rows(departure)
        rows = list(waiting[: SHOWN + 1])
        if rows:
            number = len(rows) if len(rows) <= SHOWN else waiting.count()
            found.append(Group(kind, number, kind.lines(departure, rows[:SHOWN], viewer)))
    return found


def candidates(found: Sequence[Group], departure: Departure) -> list[Candidate]:
    """Who may take over some of it: colleagues first, then whoever may take most."""
    people: dict[int, User] = {}
    numbers: dict[int, int] = {}
    for group in found:
        for line in group.movable:
            for person in line.successors:
                people[person.pk] = person
                numbers[person.pk] = numbers.get(person.pk, 0) + 1
    named = [Candidate(person, numbers[pk]) for pk, person in people.items()]
    return sorted(
        named,
        key=lambda one: (
            one.person.department_id != departure.from_department_id,
            -one.number,
            one.person.staff_number,
        ),
    )


def would_be(person: User, to_department: Department | None = None) -> Departure:
    """A departure of today that is not recorded: to show what would be lost and what is open."""
    return Departure(
        person=person, from_department=person.department, to_department=to_department,
        effective_on=clock.today(), recorded_at=clock.now(),
    )  # fmt: skip


def trail(departure: Departure) -> QuerySet[AuditEntry]:
    """What was done about it, by whom, in order."""
    about = AuditEntry.objects.filter(
        object_type=Departure._meta.label_lower, object_id=str(departure.pk)
    ).exclude(verb="refused")
    return about.select_related("actor", "acting_for").order_by("id")
