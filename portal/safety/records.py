"""Keeping the safety registers: a record with its files, its problems put right, a mistaken one struck out."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from portal import audit, clock, uploads
from portal.enums import SafetyKind, SafetyState
from portal.incidents.reporting import accept_files
from portal.models import CloserWatch, SafetyRecord, User
from portal.safety import rules
from portal.workflow import NotAllowed, Refused, TooLate, as_they_stand, fire

CLAUSES = {
    SafetyKind.PATROL: "质监第十八条",
    SafetyKind.DRILL: "质监第二十条",
    SafetyKind.RISK: "质监第二十一条",
    SafetyKind.PLAN: "质监第二十条",
}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What is typed. `rectify_by`: until when the problems are to be put right; without problems it means nothing."""

    kind: SafetyKind
    title: str
    on: date
    text: str
    problems: str = ""
    rectify_by: date | None = None
    files: list[UploadedFile] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Period:
    """特殊时期, as typed."""

    title: str
    starts_on: date
    ends_on: date
    patrol_hours: int
    visit_minutes: int
    reason: str


def keep(entry: Entry, *, by: User) -> SafetyRecord:
    """登记. Raises Refused for a plan without its document."""
    with uploads.together():
        _require_keeper(by)
        if entry.kind == SafetyKind.PLAN and not entry.files:
            raise Refused("请附上应急预案的文件", "files")
        waits = bool(entry.problems)
        record = SafetyRecord.objects.create(
            kind=entry.kind, title=entry.title, on=entry.on, text=entry.text, problems=entry.problems,
            rectify_by=entry.rectify_by if waits else None, recorded_by=by, recorded_at=clock.now(),
            state=SafetyState.OPEN if waits else SafetyState.KEPT,
        )  # fmt: skip
        record.files.set(accept_files(entry.files, by=by))
        audit.record("keep", "登记", record, actor=by, note=entry.problems, clause=CLAUSES[entry.kind])
    return record


def rectify(record: SafetyRecord, *, by: User, note: str, files: Iterable[UploadedFile] = ()) -> SafetyRecord:
    """整改完成: what was done, with what shows it."""
    with uploads.together():
        changes = {"rectified": note, "rectified_at": clock.now()}
        record = fire(record, "rectify", actor=by, why_not=rules.why_not, note=note, changes=changes)
        record.files.add(*accept_files(files, by=by))
    return record


@transaction.atomic
def strike(record: SafetyRecord, *, by: User, note: str) -> SafetyRecord:
    """作废: it stays in the register with the reason."""
    return fire(record, "strike", actor=by, why_not=rules.why_not, note=note, changes={"reason": note})


@transaction.atomic
def set_period(period: Period, *, by: User) -> CloserWatch:
    """设定特殊时期: from its first day sweeps and people look more often."""
    _require_keeper(by)
    made = CloserWatch.objects.create(**vars(period), set_by=by, set_at=clock.now())
    note = f"{made.starts_on} 至 {made.ends_on}：{made.reason}"
    audit.record("set_period", "设定特殊时期", made, actor=by, note=note, clause=CLAUSES[SafetyKind.PATROL])
    return made


@transaction.atomic
def end_period(period: CloserWatch, *, by: User) -> CloserWatch:
    """提前结束."""
    _require_keeper(by)
    period = CloserWatch.objects.select_for_update(no_key=True).get(pk=period.pk)
    if period.ended_at or period.ends_on < clock.today():
        raise TooLate(f"“{period}”已经结束")
    period.ended_at = clock.now()
    period.save(update_fields=["ended_at"])
    audit.record("end_period", "提前结束特殊时期", period, actor=by)
    return period


def _require_keeper(by: User) -> None:
    if reason := rules.why_not_keep(as_they_stand(by)):
        raise NotAllowed(reason)
