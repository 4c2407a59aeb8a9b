"""责任统计 (办法第二十四条): who collected, reviewed, signed and published, and how much of it in somebody's place."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q

from assessment.queries.updates import within
from columns.enums import StepState
from portal.enums import Power
from portal.models import Department, Site, User
from publishing.models import ReviewStep, Revision

COLLECTED, REPORTED, REVIEWED, SIGNED, RETURNED, PUBLISHED, LENT = (
    "collected", "reported", "reviewed", "signed", "returned", "published", "lent",
)  # fmt: skip
LABELS = {
    COLLECTED: "采集", REPORTED: "报送", REVIEWED: "审核", SIGNED: "签发", RETURNED: "退回", PUBLISHED: "发布",
    LENT: "其中代理",
}  # fmt: skip


@dataclass
class Record:
    """What one person did, or all of a unit, in the span."""

    who: User | None
    unit: Department | None
    people: int = 1
    numbers: Counter[str] = field(default_factory=Counter)

    @property
    def cells(self) -> list[int]:
        return [self.numbers[key] for key in LABELS]

    @property
    def total(self) -> int:
        return sum(self.numbers[key] for key in LABELS if key != LENT)


def by_person(sites: Iterable[Site], first: date, last: date) -> list[Record]:
    """Unit by unit, the busiest person first; five queries. The unit is the one where the person works now."""
    sites = list(sites)
    found: dict[int, Counter[str]] = defaultdict(Counter)
    _count_texts(found, sites, first, last)
    _count_steps(found, sites, first, last)
    people = User.objects.select_related("department").in_bulk(found)
    rows = [Record(people[pk], people[pk].department, 1, numbers) for pk, numbers in found.items()]
    return sorted(
        rows, key=lambda one: (_place(one.unit), -one.total, one.who.staff_number if one.who else "")
    )


def by_unit(sites: Iterable[Site], first: date, last: date) -> list[Record]:
    """The same by unit, in their order."""
    found: dict[int | None, Record] = {}
    for one in by_person(sites, first, last):
        unit = one.unit.pk if one.unit else None
        record = found.setdefault(unit, Record(None, one.unit, 0))
        record.people += 1
        record.numbers.update(one.numbers)
    return list(found.values())


def _count_texts(found: dict[int, Counter[str]], sites: list[Site], first: date, last: date) -> None:
    """Texts count on the day of each act; whoever collected, on the day their text came out."""
    for key, who, lent, when in (
        (COLLECTED, "created_by", None, "published_at"),
        (REPORTED, "reported_by", "reported_for", "reported_at"),
        (PUBLISHED, "published_by", "published_for", "published_at"),
    ):
        rows = Revision.objects.filter(column__site__in=sites, **within(when, first, last)).exclude(
            **{who: None}
        )
        number = (
            Count("pk", filter=Q(**{f"{lent}__isnull": False})) if lent else Count("pk", filter=Q(pk=None))
        )
        for person, all_, lent_ in rows.order_by().values_list(who).annotate(n=Count("pk"), lent=number):
            found[person][key] += all_
            found[person][LENT] += lent_


def _count_steps(found: dict[int, Counter[str]], sites: list[Site], first: date, last: date) -> None:
    rows = ReviewStep.objects.filter(revision__column__site__in=sites, **within("decided_at", first, last))
    rows = rows.filter(
        state__in=(StepState.APPROVED, StepState.RETURNED), decided_by__isnull=False
    ).order_by()
    lent = Count("pk", filter=Q(decided_for__isnull=False))
    for person, power, state, number, acting in rows.values_list("decided_by", "power", "state").annotate(
        n=Count("pk"), lent=lent
    ):
        key = RETURNED if state == StepState.RETURNED else SIGNED if power == Power.SIGN else REVIEWED
        found[person][key] += number
        found[person][LENT] += acting


def _place(unit: Department | None) -> tuple[int, int]:
    return (unit.position, unit.pk) if unit else (10**9, 0)
