"""Grants at work: 网管授权 → 调整、暂停、恢复、注销 (石家庄第九条, 办法第十条)."""

from collections.abc import Iterable

from django.db import transaction

from columns import rules
from columns.enums import AppointmentState
from columns.models import Appointment, Column, Role, Tenure
from columns.models.powers import HELD
from columns.operations.grants import renew_grants
from columns.operations.proposals import check_proposal
from columns.operations.tenures import (
    CLAUSE,
    close_tenure,
    end,
    locked_person,
    move,
    open_tenure,
    settle,
    tell,
)
from columns.queries import consenters
from portal import audit, clock, notices
from portal.models import Site, User
from portal.workflow import NotAllowed, Refused


@transaction.atomic
def execute(row: Appointment, *, by: User, note: str = "") -> Appointment:
    """授权 by 网管: the powers are live from this moment; what it replaces ends with it."""
    user = locked_person(row, by)
    if conflict := rules.check_bundle(user, row.role, instead_of=row.replaces):
        raise Refused(conflict)
    if not user.is_active:
        raise Refused("本人的账号已停用，不能授权")
    if row.department_id != user.department_id:
        raise Refused(f"本人已调往{user.department or '其他单位'}，请重新提出授权")
    now = clock.now()
    changes = {"granted_by": by, "granted_on": clock.today()}
    if row.replaces_id and not Appointment.objects.get(pk=row.replaces_id).is_over:
        move(row.replaces, "replace", actor=by, changes={"ended_on": clock.today()})
        close_tenure(row.replaces)
    row = move(row, "execute", actor=by, note=note, clause=CLAUSE, changes=changes)
    if row.ends_on and row.ends_on < clock.today():
        raise Refused(f"授权期限 {row.ends_on:%Y-%m-%d} 已过，请重新提出")
    open_tenure(row, now)
    settle(row)
    renew_grants(user)
    tell(row, f"您已获授权：{row.role}（{row.place}）")
    return row


@transaction.atomic
def suspend(row: Appointment, *, by: User, note: str) -> Appointment:
    """暂停 at once; 恢复 brings the powers back."""
    user = locked_person(row, by)
    row = move(row, "suspend", actor=by, note=note, clause="石家庄第九条")
    close_tenure(row)
    renew_grants(user)
    tell(row, f"授权已暂停：{row.role}（{row.place}）", note)
    return row


@transaction.atomic
def resume(row: Appointment, *, by: User, note: str) -> Appointment:
    """恢复 after a suspension, with the role's powers of today."""
    user = locked_person(row, by)
    row = move(row, "resume", actor=by, note=note, clause="石家庄第九条")
    open_tenure(row, clock.now())
    renew_grants(user)
    tell(row, f"授权已恢复：{row.role}（{row.place}）", note)
    return row


@transaction.atomic
def revoke(row: Appointment, *, by: User, note: str) -> Appointment:
    """注销: the powers that no other row still gives are gone at once; 总版主 is told."""
    user = locked_person(row, by)
    row = end(row, "revoke", by, note)
    renew_grants(user)
    tell(row, f"授权已注销：{row.role}（{row.place}）", note)
    notices.tell(
        [one for one in consenters(row.site) if one.pk != by.pk], f"授权已注销：{row}", body=f"{by}：{note}"
    )
    return row


@transaction.atomic
def appoint(
    user: User, role: Role, site: Site, *, by: User, reason: str, column: Column | None = None
) -> Appointment:
    """All three steps at once, by 系统 alone: the people whom an installation or its sample begins with.

    Appointing twice changes nothing.
    """
    if by.staff_number != "system":
        raise NotAllowed("授权须经总版主同意、网管办理")
    known = Appointment.objects.filter(HELD, user=user, role=role, site=site, column=column).first()
    if known is not None:
        return known
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    check_proposal(user, role, site, column, None, None)
    now = clock.now()
    row = Appointment.objects.create(
        user=user, role=role, site=site, column=column, department_id=user.department_id, reason=reason,
        state=AppointmentState.IN_FORCE, proposed_by=by, proposed_at=now, consented_by=by, consented_at=now,
        granted_by=by, granted_on=clock.today(),
    )  # fmt: skip
    open_tenure(row, now)
    renew_grants(user)
    audit.record("appoint", "授权", row, actor=by, note=reason, clause=CLAUSE)
    return row


@transaction.atomic
def renew_roles(roles: Iterable[Role], *, by: User) -> int:
    """A role's bundle has changed: its live tenures close and go on with the new powers. Returns how many did."""
    stale = Tenure.objects.live_at(clock.now()).filter(appointment__role__in=roles)
    rows = [
        one.appointment
        for one in stale.select_related("appointment__role")
        if one.powers != one.appointment.role.powers
    ]
    for row in rows:
        user = locked_person(row, by)
        close_tenure(row)
        open_tenure(row, clock.now())
        renew_grants(user)
        note = f"角色“{row.role}”的权限改为：{row.role.labels}"
        audit.record("adjust", "调整", row, actor=by, note=note, clause="石家庄第九条")
    return len(rows)
