"""离岗与调动 (办法第十条, 教育局第十五条): the one place through which everybody goes who leaves or moves.

Powers end by themselves; here it is put on record, and whoever must hand over is told.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.urls import reverse

from portal import audit, clock, notices, open_work
from portal.departures import rules
from portal.enums import NoticeKind, Power
from portal.models import Department, Departure, User

CLAUSE = "办法第十条"
NAMED = 50


class Standing(NamedTuple):
    """Where somebody was before a change: to be kept before the instance is changed."""

    is_active: bool
    department: int | None

    @classmethod
    def of(cls, person: User) -> "Standing":
        return cls(person.is_active, person.department_id)

    def is_left_by(self, person: User) -> bool:
        """Whether the person, as they now are, has left the office or the department."""
        if not self.is_active:
            return False
        return not person.is_active or self.department not in (None, person.department_id)


def record(changes: Iterable[tuple[User, Standing, str]], *, by: User) -> list[Departure]:
    """Whoever of these people (as saved, where they were, because of what) left or moved gets a departure, if they
    lose powers or have anything open. A few queries however many people; one told notice a departure.

    A planned departure to the same place is thereby carried out.
    """
    gone = {person.pk: (person, was, why) for person, was, why in changes if was.is_left_by(person)}
    return _record(gone, by) if gone else []


def ask_heads(rows: Iterable[Departure]) -> list[Departure]:
    """Set who hands over: the old department's head as things stand; nobody where there is none. One query.

    Returns those for whom it is somebody else than before.
    """
    rows = list(rows)
    departments = {one.pk: one for one in Department.objects.select_related("head")}
    for one in departments.values():
        one.parent = departments.get(one.parent_id)
    changed = []
    for row in rows:
        row.from_department = departments.get(row.from_department_id)
        row.to_department = departments.get(row.to_department_id)
        head = rules.head_above(row.from_department, row.person_id)
        if row.asked_id != (head.pk if head else None):
            row.asked = head
            changed.append(row)
    return changed


def locked(departure: Departure) -> Departure:
    """As it stands, for whoever is about to change it."""
    rows = Departure.objects.select_related(
        "person", "from_department", "to_department", "asked", "recorded_by"
    )
    return rows.select_for_update(of=("self",), no_key=True).get(pk=departure.pk)


def address_of(departure: Departure) -> str:
    """Its page of 工作交接."""
    return reverse("desk:handover", args=[departure.pk])


@transaction.atomic
def _record(gone: dict[int, tuple[User, Standing, str]], by: User) -> list[Departure]:
    known = {
        row.person_id: row
        for row in Departure.objects.planned().filter(person__in=gone).select_for_update(no_key=True)
    }
    rows = [_departure(person, was, why, known.get(person.pk), by) for person, was, why in gone.values()]
    lost, busy = open_work.losses(rows), open_work.owners(gone)
    rows = [row for row in rows if row.pk or row.person_id in lost or row.person_id in busy]
    for row in rows:
        row.lost = lost.get(row.person_id, [])
    ask_heads(rows)
    planned = [row for row in rows if row.pk]
    for row in planned:
        row.save()
    mark([row.person_id for row in planned], None)
    Departure.objects.bulk_create([row for row in rows if not row.pk])
    audit.record_all(
        [_act("depart", "离岗" if row.to_department_id is None else "调动", row) for row in rows], actor=by
    )
    announce(rows, "请办理工作交接", by)
    return rows


def _departure(person: User, was: Standing, why: str, plan: Departure | None, by: User) -> Departure:
    """The planned one where it led to the same place, otherwise a new one; from this moment."""
    to = person.department_id if person.is_active else None
    row = plan if plan and plan.to_department_id == to else Departure(
        person=person, to_department_id=to, reason=why, recorded_by=by, effective_on=clock.today()
    )  # fmt: skip
    if row.pk is None or row.effective_on > clock.today():
        row.effective_on, row.recorded_at = clock.today(), clock.now()
    row.person, row.from_department_id, row.carried_out_at = person, was.department, clock.now()
    return row


def mark(people: Iterable[int], day: date | None) -> None:
    """Powers are asked of the person's own row (`at_work`): the planned day stands there too."""
    User.objects.filter(pk__in=people).update(leaves_on=day)


def _act(verb: str, label: str, row: Departure) -> audit.Act:
    lost = f"；终止授权：{'、'.join(row.lost)}" if row.lost else ""
    return audit.Act(
        verb, label, row, note=f"{row.from_department or '无部门'}：{row.reason}{lost}", clause=CLAUSE
    )


def announce(rows: list[Departure], title: str, by: User) -> None:
    """The old department's head is called to hand over; 总版主 hear of it, of many at once in one notice."""
    notices.settle(*(address_of(row) for row in rows))
    for row in rows:
        if row.asked_id:
            notices.tell(
                [row.asked], f"{title}：{row}", kind=NoticeKind.TODO, body=row.reason, url=address_of(row)
            )
    if not rows:
        return
    asked = {row.asked_id for row in rows}
    chiefs = [one for one in notices.holders(Power.CONSENT) if one.pk not in asked | {by.pk}]
    about = str(rows[0]) if len(rows) == 1 else f"{len(rows)} 人离岗或调动"
    notices.tell(chiefs, f"离岗或调动：{about}", body="\n".join(_words(row) for row in rows[:NAMED]))


def _words(row: Departure) -> str:
    return f"{row}（{row.from_department or '无部门'}）：{row.reason}" + (
        f"，终止授权 {len(row.lost)} 项" if row.lost else ""
    )
