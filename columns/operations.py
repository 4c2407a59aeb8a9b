"""The only writers of columns and of powers."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from guardian.shortcuts import assign_perm, remove_perm

from columns import rules
from columns.enums import Placement
from columns.models import Appointment, Column, ReviewRoute, Role, RouteStep
from portal import audit, clock
from portal.enums import Power
from portal.models import Department, Site, User
from portal.once import forget
from portal.workflow import NotAllowed, Refused


@transaction.atomic
def appoint(
    user: User, role: Role, site: Site, *, by: User, reason: str, column: Column | None = None
) -> Appointment:
    """授权 (办法第十条): open the ledger's row, make its powers live, record it. Appointing twice changes nothing."""
    if column is not None and column.site_id != site.pk:
        raise Refused("栏目不属于所选站点", "column")
    appointment, is_new = Appointment.objects.get_or_create(
        user=user,
        role=role,
        site=site,
        column=column,
        ended_on=None,
        defaults={"granted_on": clock.today(), "granted_by": by, "reason": reason},
    )
    renew_grants(user)
    if is_new:
        audit.record("appoint", "授权", appointment, actor=by, note=reason, clause="第十条")
    return appointment


@transaction.atomic
def revoke(appointment: Appointment, *, by: User, reason: str) -> None:
    """注销: close the ledger's row and take away the powers that no other row still gives."""
    row = Appointment.objects.select_for_update(no_key=True).get(pk=appointment.pk)
    if row.ended_on is not None:
        return
    row.ended_on = clock.today()
    row.save()
    renew_grants(row.user)
    audit.record("revoke", "注销授权", row, actor=by, note=reason, clause="第十条")


@transaction.atomic
def renew_grants(user: User) -> None:
    """Make guardian's rows of `user` equal to the ledger: the only place that writes them.

    The person is locked first: of two changes at once the second reads what the first has written.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    wanted: dict[tuple[type, int], tuple[Any, set[str]]] = {}
    for row in Appointment.objects.filter(user=user, ended_on=None).select_related("role", "site", "column"):
        target = row.column or row.site
        wanted.setdefault((type(target), target.pk), (target, set()))[1].update(row.role.powers)
    held = rules.Powers(user)
    for model, book in ((Site, held.sites), (Column, held.columns)):
        for pk, powers in book.items():
            keep = wanted.get((model, pk), (None, set()))[1]
            for power in powers - keep:
                remove_perm(f"{model._meta.app_label}.{power}", user, model.objects.get(pk=pk))
    for (model, pk), (target, powers) in wanted.items():
        book = held.sites if model is Site else held.columns
        for power in powers - book.get(pk, set()):
            assign_perm(f"{model._meta.app_label}.{Power(power).value}", user, target)
    forget(user, "powers")


@transaction.atomic
def save_column(
    column: Column, *, by: User, reader_departments: Iterable[Department] | None = None
) -> Column:
    """Add a column or change its name, notes, readers, route or place; says in the audit what kind of change it was.

    `reader_departments` replaces the named departments; None leaves them as they are.
    """
    before = None if column.pk is None else Column.objects.select_for_update(no_key=True).get(pk=column.pk)
    _check_right(column, before, by)
    _check_place(column, before)
    if before is None or before.parent_id != column.parent_id:
        column.position = _last_position(column) + 10
    column.save()
    if reader_departments is not None:
        column.reader_departments.set(reader_departments)
    audit.record(*_kind_of_change(before, column), column, actor=by)
    return column


@transaction.atomic
def move(column: Column, *, by: User, up: bool) -> None:
    """Swap places with the sibling before (`up`) or after; at the end of the row nothing happens."""
    _check_right(column, column, by)
    row = list(Column.objects.select_for_update(no_key=True).filter(site=column.site, parent=column.parent))
    row.sort(key=lambda one: (one.position, one.pk))
    here = next(index for index, one in enumerate(row) if one.pk == column.pk)
    there = here + (-1 if up else 1)
    if not 0 <= there < len(row):
        return
    row[here], row[there] = row[there], row[here]
    for number, one in enumerate(row, start=1):
        if one.position != number * 10:
            one.position = number * 10
            one.save()
    audit.record("move", "调整栏目次序", column, actor=by)


@transaction.atomic
def save_route(route: ReviewRoute, *, by: User) -> ReviewRoute:
    """Add a review route or change it; a new default takes the place of the one before."""
    verb, label = ("change", "修改审核路线") if route.pk else ("add", "新增审核路线")
    if route.is_default:
        ReviewRoute.objects.filter(is_default=True).exclude(pk=route.pk).update(is_default=False)
    elif route.pk and ReviewRoute.objects.filter(pk=route.pk, is_default=True).exists():
        raise Refused("须有一条默认路线；请先把另一条设为默认", "is_default")
    route.save()
    audit.record(verb, label, route, actor=by)
    return route


@transaction.atomic
def save_steps(
    route: ReviewRoute, changed: Iterable[RouteStep], gone: Iterable[RouteStep], *, by: User
) -> None:
    """Change a route's steps; texts already reported keep the steps they were reported with."""
    changed, gone = list(changed), list(gone)
    RouteStep.objects.filter(pk__in=[step.pk for step in gone]).delete()
    route.steps.update(position=models.F("position") + 1000)  # out of the way of the new numbers
    kept = {step.pk for step in changed}
    order = [*changed, *route.steps.exclude(pk__in=kept)]
    order.sort(key=lambda step: step.position if step.pk in kept or step.pk is None else step.position - 1000)
    for position, step in enumerate(order, start=1):
        step.route, step.position = route, position
        step.save()
    if changed or gone:
        audit.record("steps", "修改审核步骤", route, actor=by, note=" → ".join(step.label for step in order))


def _check_right(column: Column, before: Column | None, by: User) -> None:
    """MANAGE on the column as it was and, for a new or moved one, on where it goes."""
    allowed = before is None or rules.may(by, Power.MANAGE, before)
    if before is None or before.parent_id != column.parent_id:
        goes_to = column.parent
        allowed &= rules.may(by, Power.MANAGE, goes_to) if goes_to else rules.may_manage_site(by, column.site)
    if not allowed:
        raise NotAllowed("您没有这个栏目的管理权限")


def _check_place(column: Column, before: Column | None) -> None:
    parent = column.parent
    if parent is None:
        return
    if parent.site_id != column.site_id:
        raise Refused("上级栏目不属于同一站点", "parent")
    while before is not None and parent is not None:
        if parent.pk == column.pk:
            raise Refused("不能把栏目移到它自己的下级栏目之下", "parent")
        parent = parent.parent


def _last_position(column: Column) -> int:
    row = Column.objects.filter(site=column.site, parent=column.parent).order_by("-position")
    return row.values_list("position", flat=True).first() or 0


def _kind_of_change(before: Column | None, column: Column) -> tuple[str, str]:
    if before is None:
        return "add", "新增栏目"
    if before.parent_id != column.parent_id:
        return "move", "移动栏目"
    if before.placement != column.placement:
        return ("hide", "隐藏栏目") if column.placement == Placement.UNLISTED else ("show", "显示栏目")
    if before.name != column.name:
        return "rename", "栏目更名"
    return "change", "修改栏目"
