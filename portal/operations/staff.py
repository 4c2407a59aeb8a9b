"""人员导入: a judged plan becomes the register, as it was shown, with one audit entry per person (办法第十四条第4项)."""

import logging
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from portal import audit, directory, staff
from portal.models import User
from portal.operations import departures
from portal.spreadsheets import Line
from portal.staff import Item, Plan
from portal.sweeps import sweep
from portal.workflow import TooLate

BATCH = 500
log = logging.getLogger(__name__)
CHANGED_MEANWHILE = "人员名册在预览之后有了变化（也可能已经导入过）：请重新上传，看过新的预览再导入"


@transaction.atomic
def apply_plan(plan: Plan, *, by: User) -> None:
    """Write what the plan says: lock → as it was shown? → add → change → record → whoever left or moved hands over.

    Nobody is removed or disabled for being absent, nobody becomes a superuser: a plan knows no such thing.
    """
    keys = [item.pk for item in plan.changed]
    people = {one.pk: one for one in User.objects.select_for_update(no_key=True).filter(pk__in=keys)}
    if staff.register_state() != plan.register:
        raise TooLate(CHANGED_MEANWHILE)
    new = [_person(User(staff_number=item.staff_number), item) for item in plan.new]
    were = {pk: departures.Standing.of(one) for pk, one in people.items()}
    changed = [_person(people[item.pk], item) for item in plan.changed]
    try:
        with transaction.atomic():
            added = User.objects.bulk_create(new, batch_size=BATCH)
    except IntegrityError as error:  # somebody else added one of them this very moment
        raise TooLate(CHANGED_MEANWHILE) from error
    fields = sorted({said.field for item in plan.changed for said in item.said})
    if fields:
        User.objects.bulk_create(
            changed, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=fields
        )
    acts = [_act("add", "新增人员", one, item) for one, item in zip(added, plan.new, strict=True)]
    acts += [_act("change", "修改人员", one, item) for one, item in zip(changed, plan.changed, strict=True)]
    audit.record_all(acts, actor=by)
    why = [(one, were[one.pk], f"据{item.place}") for one, item in zip(changed, plan.changed, strict=True)]
    departures.record(why, by=by)


def admit(line: Line, source: str) -> User | None:
    """Whom a directory vouches for and the register does not know yet, added by 系统; None when the row is refused."""
    by = User.objects.system()
    plan = staff.plan_for([line], source, by=by, tells_absent=False)
    if not plan.new:
        return None
    apply_plan(plan, by=by)
    return User.objects.get(staff_number=plan.new[0].staff_number)


@sweep("sync_staff", every=timedelta(days=1), label="同步人员")
def sync_staff() -> int:
    """From the directory, where there is one. Returns how many people were added or changed; the log says who not."""
    if settings.LDAP is None:
        return 0
    by = User.objects.system()
    try:
        plan = staff.plan_for(directory.people(), directory.SOURCE, by=by)
        if plan.has_work:
            apply_plan(plan, by=by)
    except (directory.DirectoryAway, TooLate) as trouble:
        log.error("人员没有同步：%s", trouble)
        return 0
    for one in plan.refused:
        log.warning("人员没有同步：%s %s：%s", one.place, one.title, one.reason)
    return len(plan.new) + len(plan.changed)


def _person(person: User, item: Item) -> User:
    for said in item.said:
        setattr(person, "department_id" if said.field == "department" else said.field, said.value)
    if item.pk is None:
        person.password = item.password or make_password(None)
        person.has_initial_password = bool(item.password)
    return person


def _act(verb: str, label: str, person: User, item: Item) -> audit.Act:
    changes = [f"{one.label}：{one.old or '空'} → {one.new or '空'}" for one in item.said if item.pk]
    return audit.Act(verb, label, person, note="；".join([*changes, f"据{item.place}"]))
