"""The only writer of update limits: a unit files its own, the centre accepts it; pauses with a reason (大庆第五条)."""

from dataclasses import fields
from datetime import date, timedelta

from django.db import transaction

from columns import queries, rules
from columns.enums import CadenceState
from columns.models import Cadence, CadencePause, Column
from columns.rules import cadences as may
from columns.rules.cadences import Filing
from portal import audit, clock, notices
from portal.enums import NoticeKind, Power
from portal.models import Department, Site, User
from portal.workflow import NotAllowed, Refused, TooLate, as_they_stand, fire

SCOPE = ("column", "update_class", "site", "department", "rule")
ONE_DAY = timedelta(days=1)


@transaction.atomic
def file(filing: Filing, *, by: User, note: str = "") -> Cadence:
    """申报: waits for the centre, whose people are told. Raises Refused with the field that is wrong."""
    by = as_they_stand(by)
    if filing.department not in may.filing_departments(by):
        raise NotAllowed("只能为自己负责或从事采编的单位申报更新时限", "department")
    for field, wrong in may.filing_issues(filing):
        raise Refused(wrong, field)
    if (
        filing.column
        and may.unit_of(filing.column, queries.division(filing.column.site)) != filing.department.pk
    ):
        raise Refused("这个栏目不由本单位采集，请选择本单位负责的栏目", "column")
    terms = {one.name: getattr(filing, one.name) for one in fields(filing)}
    if Cadence.objects.filter(**{name: terms[name] for name in SCOPE}, state=CadenceState.FILED).exists():
        raise TooLate("本单位对同一范围的申报正在等待备案，请待备案后再报")
    cadence = Cadence.objects.create(**terms, state=CadenceState.FILED, filed_by=by, filed_at=clock.now())
    audit.record(
        "file", "申报更新时限", cadence, actor=by, note=f"{cadence}　{note}".strip(), clause=filing.clause
    )
    notices.tell(
        _centre(filing.department), f"{filing.department}申报更新时限：{cadence}，请备案", kind=NoticeKind.TODO,
        url=cadence.get_absolute_url(),
    )  # fmt: skip
    return cadence


@transaction.atomic
def accept(cadence: Cadence, *, by: User, note: str = "") -> Cadence:
    """备案: holds from today; what the unit filed before for the same scope is replaced by it."""
    cadence = _decide(cadence, "accept", by, note, in_force_since=clock.today())
    same = {name: getattr(cadence, name) for name in SCOPE}
    older = Cadence.objects.filter(**same, state=CadenceState.IN_FORCE, filed_by__isnull=False)
    for one in older.exclude(pk=cadence.pk):
        fire(one, "replace", actor=by, why_not=rules.why_not_cadence, note=str(cadence))
    return cadence


@transaction.atomic
def refuse(cadence: Cadence, *, by: User, note: str) -> Cadence:
    return _decide(cadence, "refuse", by, note)


@transaction.atomic
def end(cadence: Cadence, *, by: User, note: str) -> Cadence:
    """停用: binds nothing from now on."""
    return _decide(cadence, "end", by, note)


@transaction.atomic
def pause(
    *, starts_on: date, ends_on: date | None, reason: str, by: User, column: Column | None = None,
    department: Department | None = None, clause: str = "",
) -> CadencePause:  # fmt: skip
    """暂停 or 免除 of one column or one unit, both days included; without an end until it is lifted."""
    by = as_they_stand(by)
    unit = may.unit_of(column, queries.division(column.site)) if column else None
    if reason_not := may.why_not_pause(by, column, department, unit):
        raise NotAllowed(reason_not)
    if (column is None) == (department is None):
        raise Refused("请选择一个栏目或一个单位", "column")
    if ends_on and ends_on < starts_on:
        raise Refused("结束日期不能早于开始日期", "ends_on")
    if not reason.strip():
        raise Refused("请写明暂停的理由", "reason")
    row = CadencePause.objects.create(
        column=column, department=department, starts_on=starts_on, ends_on=ends_on, reason=reason.strip()[:200],
        clause=clause.strip(), by=by, at=clock.now(),
    )  # fmt: skip
    audit.record("pause", "暂停更新时限", column or department, actor=by, note=_words(row), clause=clause)
    notices.tell(
        _heads([unit if column else department.pk]),
        f"{column or department}的更新时限已暂停",
        body=_words(row),
    )
    return row


@transaction.atomic
def lift(row: CadencePause, *, by: User, note: str) -> None:
    """恢复: ends yesterday, so that today counts again; one that had not begun before today never was."""
    row = CadencePause.objects.select_for_update(no_key=True).filter(pk=row.pk).first()
    if row is None or may.is_over(row, clock.today()):
        raise TooLate("这项暂停已经结束")
    by = as_they_stand(by)
    unit = may.unit_of(row.column, queries.division(row.column.site)) if row.column else None
    if reason_not := may.why_not_pause(by, row.column, row.department, unit):
        raise NotAllowed(reason_not)
    audit.record("lift", "恢复更新时限", row.column or row.department, actor=by, note=note)
    if row.starts_on >= clock.today():
        row.delete()
        return
    row.ends_on = clock.today() - ONE_DAY
    row.save()


def _decide(cadence: Cadence, verb: str, by: User, note: str, **changes) -> Cadence:
    changes |= {"decided_by": by, "decided_at": clock.now()}
    cadence = fire(
        cadence,
        verb,
        actor=by,
        why_not=rules.why_not_cadence,
        note=note,
        clause=cadence.clause,
        changes=changes,
    )
    notices.settle(cadence.get_absolute_url())
    told = {one.pk: one for one in (cadence.filed_by, *_heads([cadence.department_id])) if one}
    words = {"accept": "已备案", "refuse": "未予备案", "end": "已停用"}[verb]
    notices.tell(
        told.values(), f"更新时限{words}：{cadence}", kind=NoticeKind.RESULT, body=note,
        url=cadence.get_absolute_url(),
    )  # fmt: skip
    return cadence


def _centre(department: Department) -> list[User]:
    """Who accepts: 检查 on the whole main site, of another department."""
    people = [
        one for site in Site.objects.filter(parent=None) for one in queries.site_holders(site, Power.INSPECT)
    ]
    return [one for one in people if one.is_active and one.department_id != department.pk]


def _heads(departments: list[int | None]) -> list[User]:
    heads = User.objects.filter(
        is_active=True, pk__in=Department.objects.filter(pk__in=departments).values("head")
    )
    return list(heads)


def _words(row: CadencePause) -> str:
    until = f"至 {row.ends_on:%Y-%m-%d}" if row.ends_on else "起"
    return f"{row.starts_on:%Y-%m-%d} {until}：{row.reason}"
