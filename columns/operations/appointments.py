"""The ledger of grants: 析权 → 总版主同意 → 网管授权 → 调整、暂停、恢复、注销 (石家庄第九条, 办法第十条)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import DateTimeField, F, Q, QuerySet, Subquery, Value
from django.db.models.functions import Greatest

from columns import rules
from columns.enums import AppointmentState
from columns.models import Appointment, Column, Role, Tenure
from columns.models.powers import HELD, ON_ITS_WAY, end_of
from columns.operations.grants import renew_grants
from columns.queries import consenters, executors
from portal import audit, clock, notices
from portal.enums import NoticeKind, Power
from portal.models import Site, User
from portal.sweeps import sweep
from portal.workflow import NotAllowed, Refused, fire

CLAUSE = "办法第十条"
move = partial(fire, why_not=rules.why_not, acting_for=rules.acting_on_grant)


@transaction.atomic
def propose(
    user: User,
    role: Role,
    site: Site,
    *,
    by: User,
    reason: str,
    column: Column | None = None,
    ends_on: date | None = None,
    replaces: Appointment | None = None,
) -> Appointment:
    """析权: ask for a grant, or with `replaces` for a change of one. Nothing is live before both others have acted.

    `ends_on` is the last day it is to hold. Raises NotAllowed for whoever may not ask, Refused at the field.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if user.pk == by.pk:
        raise NotAllowed("不能为自己提出授权", "user")
    if not rules.may_propose(by, user, site):
        raise NotAllowed("只有网管、总版主和本人的部门负责人可以提出授权", "user")
    principal = _in_whose_name(by, user, site)
    if principal is not None and principal.pk == user.pk:
        raise NotAllowed("代理人不能为被代理人提出授权", "user")
    _check_proposal(user, role, site, column, ends_on, replaces)
    row = Appointment.objects.create(
        user=user, role=role, site=site, column=column, department_id=user.department_id, ends_on=ends_on,
        reason=reason, replaces=replaces, proposed_by=by, proposed_at=clock.now(),
    )  # fmt: skip
    audit.record(
        "propose", "提出调整" if replaces else "析权", row, actor=by, note=reason, clause="石家庄第九条",
        acting_for=principal,
    )  # fmt: skip
    _call(consenters(site), f"请同意授权：{row}", row, by)
    return row


@transaction.atomic
def consent(row: Appointment, *, by: User, note: str = "") -> Appointment:
    """同意 by 总版主 (办法第十条: 应征得总版主同意): now somebody else may execute it."""
    changes = {"consented_by": by, "consented_at": clock.now()}
    row = move(row, "consent", actor=by, note=note, clause=CLAUSE, changes=changes)
    _settle(row)
    _call(executors(row.site), f"请办理授权：{row}", row, by)
    return row


@transaction.atomic
def refuse(row: Appointment, *, by: User, note: str) -> Appointment:
    """不同意, with the reason; the proposal is closed and stays on record."""
    return _close(row, "refuse", by, note)


@transaction.atomic
def take_back(row: Appointment, *, by: User, note: str) -> Appointment:
    """撤回 a proposal before it is executed: by whoever made it, or by 网管."""
    return _close(row, "take_back", by, note)


@transaction.atomic
def execute(row: Appointment, *, by: User, note: str = "") -> Appointment:
    """授权 by 网管: the powers are live from this moment; what it replaces ends with it."""
    user = _locked_person(row, by)
    if conflict := rules.check_bundle(user, row.role, instead_of=row.replaces):
        raise Refused(conflict)
    if not user.is_active:
        raise Refused("本人的账号已停用，不能授权")
    now = clock.now()
    changes = {"granted_by": by, "granted_on": clock.today(), "department_id": user.department_id}
    if row.replaces_id and not Appointment.objects.get(pk=row.replaces_id).is_over:
        move(row.replaces, "replace", actor=by, changes={"ended_on": clock.today()})
        _close_tenure(row.replaces)
    row = move(row, "execute", actor=by, note=note, clause=CLAUSE, changes=changes)
    if row.ends_on and row.ends_on < clock.today():
        raise Refused(f"授权期限 {row.ends_on:%Y-%m-%d} 已过，请重新提出")
    _open_tenure(row, now)
    _settle(row)
    renew_grants(user)
    _tell(row, f"您已获授权：{row.role}（{row.place}）")
    return row


@transaction.atomic
def suspend(row: Appointment, *, by: User, note: str) -> Appointment:
    """暂停 at once; 恢复 brings the powers back."""
    user = _locked_person(row, by)
    row = move(row, "suspend", actor=by, note=note, clause="石家庄第九条")
    _close_tenure(row)
    renew_grants(user)
    _tell(row, f"授权已暂停：{row.role}（{row.place}）", note)
    return row


@transaction.atomic
def resume(row: Appointment, *, by: User, note: str) -> Appointment:
    """恢复 after a suspension, with the role's powers of today."""
    user = _locked_person(row, by)
    row = move(row, "resume", actor=by, note=note, clause="石家庄第九条")
    _open_tenure(row, clock.now())
    renew_grants(user)
    _tell(row, f"授权已恢复：{row.role}（{row.place}）", note)
    return row


@transaction.atomic
def revoke(row: Appointment, *, by: User, note: str) -> Appointment:
    """注销: the powers that no other row still gives are gone at once; 总版主 is told."""
    user = _locked_person(row, by)
    row = _end(row, "revoke", by, note)
    renew_grants(user)
    _tell(row, f"授权已注销：{row.role}（{row.place}）", note)
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
    _check_proposal(user, role, site, column, None, None)
    now = clock.now()
    row = Appointment.objects.create(
        user=user, role=role, site=site, column=column, department_id=user.department_id, reason=reason,
        state=AppointmentState.IN_FORCE, proposed_by=by, proposed_at=now, consented_by=by, consented_at=now,
        granted_by=by, granted_on=clock.today(),
    )  # fmt: skip
    _open_tenure(row, now)
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
        user = _locked_person(row, by)
        _close_tenure(row)
        _open_tenure(row, clock.now())
        renew_grants(user)
        note = f"角色“{row.role}”的权限改为：{row.role.labels}"
        audit.record("adjust", "调整", row, actor=by, note=note, clause="石家庄第九条")
    return len(rows)


@sweep("expire_appointments", every=timedelta(minutes=1), label="授权到期与人员变动")
def expire_appointments() -> int:
    """Close what has run out, and what belongs to people who have left or moved since (JY-3: rights change with people).

    Powers end with their tenure by themselves; this writes it down and tells people.
    """
    system, done = User.objects.system(), 0
    for row in _over().select_related("user", "department", "site", "column", "role"):
        with transaction.atomic():
            user = _locked_person(row, system)
            note = _why_over(row, user)
            _end(row, "expire", system, note, at=_left_at(row, user))
            renew_grants(user)
            _tell(row, f"授权已终止：{row.role}（{row.place}）", note)
            notices.tell(
                consenters(row.site), f"授权已终止：{row}", body=note, key=f"appointment-over-{row.pk}"
            )
        done += 1
    return done


def _over() -> QuerySet[Appointment]:
    ran_out = Q(ends_on__lt=clock.today())
    left = Q(user__is_active=False)
    moved = ~Q(user__department=F("department")) & Q(department__isnull=False)
    moved |= Q(user__department__isnull=True, department__isnull=False)
    return Appointment.objects.filter(HELD).filter(ran_out | left | moved)


def _why_over(row: Appointment, user: User) -> str:
    if not user.is_active:
        return "本人已离岗或停用"
    if row.department_id and user.department_id != row.department_id:
        return f"本人已由{row.department}调往{user.department or '其他单位'}"
    return f"授权期限至 {row.ends_on:%Y-%m-%d}"


def _check_proposal(
    user: User,
    role: Role,
    site: Site,
    column: Column | None,
    ends_on: date | None,
    replaces: Appointment | None,
) -> None:
    if column is not None and column.site_id != site.pk:
        raise Refused("栏目不属于所选站点", "column")
    if not user.is_active:
        raise Refused("本人的账号已停用", "user")
    if user.is_superuser:
        raise Refused("应急账号不授予任何权限", "user")
    if ends_on and ends_on < clock.today():
        raise Refused("期限不能早于今天", "ends_on")
    if replaces is not None and (replaces.user_id != user.pk or replaces.is_over):
        raise Refused("要调整的授权已终止，或不是本人的", "user")
    if conflict := rules.check_bundle(user, role, instead_of=replaces):
        raise Refused(conflict, "role")
    same = Appointment.objects.filter(user=user, role=role, site=site, column=column)
    if same.filter(ON_ITS_WAY).exists():
        raise Refused("同样的授权已经提出，正在办理", "role")
    if same.filter(HELD).exclude(pk=replaces.pk if replaces else None).exists():
        raise Refused("已有同样的授权", "role")


def _in_whose_name(by: User, person: User, site: Site) -> User | None:
    """Whoever stands in for 总版主 proposes in that name; a head and 网管 in their own."""
    if rules.is_head_of(by, person) or rules.powers_of(by).has_on_site(Power.GRANT, site.pk):
        return None
    return rules.acting_on_site(by, Power.CONSENT, site.pk)


def _locked_person(row: Appointment, by: User) -> User:
    """The two people first, then the row: whoever changes somebody's grants locks in this order."""
    both = User.objects.select_for_update(no_key=True).filter(pk__in=(row.user_id, by.pk)).order_by("pk")
    return next(one for one in both if one.pk == row.user_id)


def _open_tenure(row: Appointment, now) -> None:
    Tenure.objects.create(
        appointment=row,
        powers=row.role.powers,
        starts_at=now,
        ends_at=end_of(row.ends_on) if row.ends_on else None,
    )


def _close_tenure(row: Appointment, at: datetime | None = None) -> None:
    """As at `at`, the moment from which the powers were gone; now, unless said."""
    now = clock.now()
    live = Tenure.objects.filter(appointment=row).live_at(now)
    live.update(ends_at=Greatest("starts_at", Value(at or now, DateTimeField())))


def _left_at(row: Appointment, user: User) -> datetime | None:
    """When the holder left the department of the grant, where that is on record."""
    if user.is_active and row.department_id in (None, user.department_id):
        return None
    last_opened = row.tenures.order_by("-starts_at").values("starts_at")[:1]
    rows = user.departures.filter(
        from_department=row.department_id, carried_out_at__gte=Subquery(last_opened)
    )
    last = rows.order_by("-carried_out_at").first()
    return last.ended_at if last else None


def _end(row: Appointment, verb: str, by: User, note: str, at: datetime | None = None) -> Appointment:
    changes = {"ended_on": clock.today()}
    row = move(row, verb, actor=by, note=note, clause=CLAUSE, changes=changes)
    _close_tenure(row, at)
    return row


def _close(row: Appointment, verb: str, by: User, note: str) -> Appointment:
    row = move(row, verb, actor=by, note=note, clause=CLAUSE)
    _settle(row)
    if row.proposed_by_id != by.pk:
        notices.tell(
            [row.proposed_by],
            f"未获授权：{row}",
            kind=NoticeKind.RESULT,
            body=f"{by}：{note}",
            url=row.get_absolute_url(),
        )
    return row


def _call(people: Iterable[User], title: str, row: Appointment, by: User) -> None:
    others = [one for one in people if one.pk not in {by.pk, row.user_id}]
    notices.tell(others, title, kind=NoticeKind.TODO, body=f"{by}：{row.reason}", url=row.get_absolute_url())


def _settle(row: Appointment) -> None:
    notices.settle(row.get_absolute_url())


def _tell(row: Appointment, title: str, note: str = "") -> None:
    notices.tell([row.user], title, body=note, url=row.get_absolute_url())
