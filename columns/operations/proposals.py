"""Asking for a grant: 析权 → 总版主同意, or 不同意, or 撤回 (石家庄第九条, 办法第十条)."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from columns import rules
from columns.models import Appointment, Column, Role
from columns.models.powers import HELD, ON_ITS_WAY
from columns.operations.tenures import CLAUSE, move, settle
from columns.queries import consenters, executors
from portal import audit, clock, notices
from portal.enums import NoticeKind, Power
from portal.models import Site, User
from portal.workflow import NotAllowed, Refused


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
    check_proposal(user, role, site, column, ends_on, replaces)
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
    settle(row)
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


def check_proposal(
    user: User,
    role: Role,
    site: Site,
    column: Column | None,
    ends_on: date | None,
    replaces: Appointment | None,
) -> None:
    """Raises Refused, at the field, for what cannot be granted whoever asks."""
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


def _close(row: Appointment, verb: str, by: User, note: str) -> Appointment:
    row = move(row, verb, actor=by, note=note, clause=CLAUSE)
    settle(row)
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
