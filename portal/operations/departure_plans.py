"""离岗与调动 recorded ahead by 网管 (办法第十条): planned, called off, carried out on its day."""

from datetime import date, timedelta

from django.db import transaction

from portal import audit, clock, notices, open_work
from portal.departures import rules
from portal.enums import Ending
from portal.models import Department, Departure, User
from portal.operations.departures import (
    CLAUSE,
    Standing,
    address_of,
    announce,
    ask_heads,
    locked,
    mark,
    record,
)
from portal.operations.sessions import end_all_of
from portal.sweeps import sweep
from portal.workflow import NotAllowed, Refused, TooLate, as_they_stand


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
    mark([person.pk], effective_on)
    audit.record("plan_departure", "登记离岗或调动", row, actor=by, note=row.reason, clause=CLAUSE)
    if effective_on <= clock.today():
        return _carry_out(row, by)
    announce([row], "请提前办理工作交接", by)
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
    mark([row.person_id], None)
    notices.settle(address_of(row))
    audit.record("call_off_departure", "取消离岗或调动", row, actor=by, note=note, clause=CLAUSE)
    if row.asked_id and row.asked_id != by.pk:
        notices.tell([row.asked], f"已取消：{row}", body=f"{by}：{note}", url=address_of(row))
    return row
