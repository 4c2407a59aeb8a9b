"""The only writer of 信息维护分工 (实施意见三(二), 办法第七条、第十六条; 石家庄第十三条)."""

from collections.abc import Mapping
from itertools import groupby

from django.db import transaction

from columns import queries, rules
from columns.duties import Cell, Change, Division, Duties
from columns.enums import Duty
from columns.models import Responsibility
from portal import audit
from portal.audit import Act
from portal.models import Site, User
from portal.once import forget
from portal.workflow import NotAllowed, Refused, TooLate

MOST_REASON = 120


@transaction.atomic
def set_responsibilities(
    site: Site, changes: Mapping[Cell, Duties], *, by: User, reason: str, seen: str = ""
) -> list[Change]:
    """Give the cells of `changes` these duties; the others stay. Returns what was really changed, in reading order.

    `seen`: the fingerprint of what the person looked at; TooLate when the division has moved on since.
    `reason` becomes the clause of every cell it changes. Side effects in order: the site is locked, rows are
    deleted, added and changed, one audit entry is written per column.
    """
    _check(site, by, reason)
    Site.objects.select_for_update(no_key=True).get(pk=site.pk)
    forget(site, "columns")
    division = queries.division(site)
    if seen and seen != division.fingerprint:
        raise TooLate("您打开之后，分工又被别人修改过")
    _check_cells(division, changes)
    made = division.changes_to(changes)
    if made:
        _write(made, reason.strip())
        audit.record_all(_acts(made, reason.strip()), actor=by)
    return made


def _check(site: Site, by: User, reason: str) -> None:
    if not rules.may_manage_site(by, site):
        raise NotAllowed("只有管理整个站点栏目的人员（总版主）可以调整分工")
    if not reason.strip():
        raise Refused("请写明调整的依据或事由", "reason")
    if len(reason.strip()) > MOST_REASON:
        raise Refused(f"依据或事由最多 {MOST_REASON} 个字", "reason")


def _check_cells(division: Division, changes: Mapping[Cell, Duties]) -> None:
    """Only columns of this site; new duties only for departments in use, while a closed one may lose its own."""
    for (column, department), duties in changes.items():
        if division.columns.get(column) is None:
            raise Refused("有的栏目不属于这个站点，或已不存在")
        found = division.departments.get(department)
        if found is None:
            raise Refused("有的部门已不存在")
        if not found.is_active and duties - division.own((column, department)):
            raise Refused(f"{found}已停用，不能再分给它新的职责")


def _write(made: list[Change], clause: str) -> None:
    """Three statements at most: gone, new, changed."""
    stored = {
        (row.column_id, row.department_id): row
        for row in Responsibility.objects.filter(column__in=[change.column for change in made])
    }
    gone, new, changed = [], [], []
    for change in made:
        row = stored.get(change.cell) or Responsibility(column=change.column, department=change.department)
        for duty in Duty:
            setattr(row, duty.value, duty in change.after)
        row.clause = clause
        (gone if not change.after else changed if row.pk else new).append(row)
    Responsibility.objects.filter(pk__in=[row.pk for row in gone]).delete()
    Responsibility.objects.bulk_create(new)
    Responsibility.objects.bulk_update(changed, [*Duty.values, "clause"])


def _acts(made: list[Change], reason: str) -> list[Act]:
    return [
        Act(
            "divide",
            "调整信息维护分工",
            column,
            note="；".join(str(change) for change in group),
            clause=reason,
        )
        for column, group in groupby(made, key=lambda change: change.column)
    ]
