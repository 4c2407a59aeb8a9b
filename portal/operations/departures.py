"""离岗与调动 (办法第十条, 教育局第十五条): the one place through which everybody goes who leaves or moves.

Powers end by themselves; here it is put on record, and whoever must hand over is told.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from django.db import transaction
from django.urls import reverse

from portal import audit, clock, notices, open_work
from portal.departures import rules
from portal.enums import Ending, NoticeKind, Power
from portal.models import Department, Departure, User
from portal.operations.sessions import end_all_of
from portal.sweeps import sweep
from portal.workflow import NotAllowed, Refused, TooLate, as_they_stand

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


@transaction.atomic
def plan(
    person: User, *, to_department: Department | None, effective_on: date, reason: str, by: User
) -> Departure:
    """登记离岗或调动 for a day to come, by 网管; for today it is carried out at once. On that day powers end."""
    people = User.objects.select_for_update(no_key=True).filter(pk__in=(person.pk, by.pk)).order_by("pk")
    both = {one.pk: one for one in people}
    person, actor = both[person.pk], both[by.pk]
    if against := rules.why_not_plan(actor, person):
        raise NotAllowed(against)
    _check_plan(person, to_department, effective_on, reason)
    row = Departure(
        person=person, from_department=person.department, to_department=to_department, effective_on=effective_on,
        reason=reason.strip(), recorded_by=by, recorded_at=clock.now(),
    )  # fmt: skip
    row.lost = open_work.losses([row]).get(person.pk, [])
    ask_heads([row])
    row.save()
    _mark([person.pk], effective_on)
    audit.record("plan_departure", "登记离岗或调动", row, actor=by, note=row.reason, clause=CLAUSE)
    if effective_on <= clock.today():
        return _carry_out(row, by)
    _announce([row], "请提前办理工作交接", by)
    return row


@transaction.atomic
def call_off(departure: Departure, *, by: User, note: str) -> Departure:
    """取消 a planned departure: nothing has happened yet, all stays as it is."""
    row = locked(departure)
    if not rules.keeps(as_they_stand(by)) or row.person_id == by.pk:
        raise NotAllowed(rules.CENTRE_ONLY)
    if not note.strip():
        raise Refused("请写明取消的事由", "note")
    if not row.is_planned:
        raise TooLate(f"“{row}”{row.standing}，不能再取消")
    return _call_off(row, by, note)


@sweep("carry_out_departures", every=timedelta(minutes=1), label="离岗与调动")
def carry_out_departures() -> int:
    """On the planned day the register says so too. Returns how many were carried out."""
    system, done = User.objects.system(), 0
    for row in Departure.objects.due():
        with transaction.atomic():
            done += _carry_out(row, system).carried_out_at is not None
    return done


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
    rows = Departure.objects.select_related(
        "person", "from_department", "to_department", "asked", "recorded_by"
    )
    return rows.select_for_update(of=("self",), no_key=True).get(pk=departure.pk)


def address_of(departure: Departure) -> str:
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
    _mark([row.person_id for row in planned], None)
    Departure.objects.bulk_create([row for row in rows if not row.pk])
    audit.record_all(
        [_act("depart", "离岗" if row.to_department_id is None else "调动", row) for row in rows], actor=by
    )
    _announce(rows, "请办理工作交接", by)
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


def _check_plan(person: User, to_department: Department | None, effective_on: date, reason: str) -> None:
    if not reason.strip():
        raise Refused("请写明事由", "reason")
    if not person.is_active:
        raise Refused(f"{person}的账号已停用，不必再登记")
    if effective_on < clock.today():
        raise Refused("离岗日期不能早于今天", "effective_on")
    if to_department is not None and not to_department.is_active:
        raise Refused(f"{to_department}已停用", "to_department")
    if to_department is not None and to_department.pk == person.department_id:
        raise Refused(f"{person}现在就在{to_department}", "to_department")
    if known := Departure.objects.planned().filter(person=person).first():
        raise Refused(f"已经登记过：{known}。要改请先取消它")


def _carry_out(departure: Departure, by: User) -> Departure:
    """Person first, then the row, as everybody locks who changes somebody's standing."""
    person = User.objects.select_for_update(no_key=True).get(pk=departure.person_id)
    row = locked(departure)
    if not row.is_planned:
        return row
    if not person.is_active:
        return _call_off(row, by, "本人的账号此前已停用")
    was = Standing.of(person)
    if row.to_department_id:
        person.department = row.to_department
    else:
        person.is_active = False
    person.leaves_on = None
    person.save(update_fields=["department", "is_active", "leaves_on"])
    words = f"{row.from_department or '无部门'} → {row.to_department}" if row.to_department_id else "停用账号"
    audit.record("change", "修改人员", person, actor=by, note=f"{words}（{row.reason}）", clause=CLAUSE)
    if not person.is_active:
        end_all_of(person, Ending.BY_ADMINISTRATOR, by=by)
    if not record([(person, was, row.reason)], by=by):  # somebody had moved them there already
        row.carried_out_at = clock.now()
        row.save()
    return locked(row)


def _call_off(row: Departure, by: User, note: str) -> Departure:
    row.called_off_at = clock.now()
    row.save()
    _mark([row.person_id], None)
    notices.settle(address_of(row))
    audit.record("call_off_departure", "取消离岗或调动", row, actor=by, note=note, clause=CLAUSE)
    if row.asked_id and row.asked_id != by.pk:
        notices.tell([row.asked], f"已取消：{row}", body=f"{by}：{note}", url=address_of(row))
    return row


def _mark(people: list[int], day: date | None) -> None:
    """Powers are asked of the person's own row (`at_work`): the planned day stands there too."""
    User.objects.filter(pk__in=people).update(leaves_on=day)


def _act(verb: str, label: str, row: Departure) -> audit.Act:
    lost = f"；终止授权：{'、'.join(row.lost)}" if row.lost else ""
    return audit.Act(
        verb, label, row, note=f"{row.from_department or '无部门'}：{row.reason}{lost}", clause=CLAUSE
    )


def _announce(rows: list[Departure], title: str, by: User) -> None:
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
