"""The only writers of the column tree (办法第五条: 具有可拓展性)."""

from collections.abc import Iterable

from django.db import transaction

from columns import rules
from columns.enums import Placement
from columns.models import Column
from portal import audit, pages
from portal.enums import Power
from portal.models import Department, User
from portal.workflow import NotAllowed, Refused, as_they_stand


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
    if before and (before.readers, before.parent_id) != (column.readers, column.parent_id):
        pages.site_closed(column.site.key)  # JS-24: whom it was open to yesterday does not matter today
    else:
        pages.site_changed(column.site.key)
    audit.record(*_kind_of_change(before, column), column, actor=by, acting_for=_in_whose_place(by, column))
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
    pages.site_changed(column.site.key)
    audit.record("move", "调整栏目次序", column, actor=by, acting_for=_in_whose_place(by, column))


def _in_whose_place(by: User, column: Column) -> User | None:
    return rules.acting_for(as_they_stand(by), Power.MANAGE, column)


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
