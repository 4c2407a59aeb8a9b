"""限期整改: ordered once by its key, reported by the unit, re-checked by somebody else; followed up until it is done.

The day is a limit of the one engine. While a report waits to be re-checked the clock stands still.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localdate

from assessment.enums.slips import RectificationState
from assessment.models import Rectification
from assessment.queries import people, rectifications
from assessment.rules import oversight
from assessment.rules import rectifications as rules
from interaction.operations.activity_files import accept as take_file
from portal import audit, clock, limits, notices, uploads
from portal.enums import NoticeKind, Stage
from portal.models import Department, Limit, User
from portal.richtext import one_line
from portal.sweeps import sweep
from portal.workflow import NotAllowed, Refused, TooLate, fire

LABEL = "整改"
MOST_FILES = 10


@transaction.atomic
def order(
    *,
    key: str,
    unit: Department,
    subject: str,
    demand: str,
    clause: str,
    url: str,
    working_days: int,
    by: User,
) -> Rectification:
    """责令整改: once by `key`, whoever asks again. Its clock starts, whoever is responsible is told."""
    known = Rectification.objects.filter(key=key).first()
    if known is not None:
        return known
    if working_days < 1:
        raise Refused("整改期限须在 1 个工作日以上", "working_days")
    row, is_new = Rectification.objects.get_or_create(key=key, defaults={
        "unit": unit, "subject": one_line(subject)[:120], "demand": demand.strip(), "clause": clause[:120],
        "url": url, "due_on": clock.today(), "ordered_by": by, "ordered_at": clock.now(),
    })  # fmt: skip
    if not is_new:
        return row
    limit = limits.start(
        row, label=LABEL, clause=row.clause, working_days=working_days, owner=unit.head, by=by
    )
    _set_day(row, limit)
    audit.record(
        "order", "责令整改", row, actor=by, clause=row.clause, note=f"{limits.due_text(limit)}前整改"
    )
    _tell(people.responsible(unit), f"责令整改：{row}", row, NoticeKind.TODO, row.demand)
    return row


def order_by_hand(
    *, key: str, unit: Department, subject: str, demand: str, clause: str, working_days: int, by: User
) -> Rectification:
    """As `order`, by somebody who assesses; not of their own unit. `key`: of the form, so that it is sent once."""
    if reason := oversight.why_not_assess(by, unit):
        raise NotAllowed(reason)
    told = {"subject": subject, "demand": demand, "clause": clause, "url": "", "working_days": working_days}
    return order(key=f"hand-{key}", unit=unit, **told, by=by)


def report(row: Rectification, *, text: str, files: Sequence[UploadedFile] = (), by: User) -> Rectification:
    """报告整改: what was done, with files; the clock stands still until it is re-checked."""
    with uploads.together():
        changes = {"report": text.strip(), "reported_by": by, "reported_at": clock.now()}
        row = _move(row, "report", by, note=text, changes=changes)
        if row.files.count() + len(files) > MOST_FILES:
            raise Refused(f"附件最多 {MOST_FILES} 个", "files")
        row.files.add(*[take_file(one, by=by) for one in files])
        _stand_still(row, by)
        notices.settle(row.get_absolute_url())
        told = [row.ordered_by] if _still_assesses(row) else people.assessors(row.unit)
        _tell(told, f"待复查整改：{row.unit}“{row}”", row, NoticeKind.TODO)
    return row


@transaction.atomic
def accept(row: Rectification, *, by: User, note: str = "") -> Rectification:
    """复查通过."""
    changes = {"checked_by": by, "checked_at": clock.now()}
    row = _move(row, "accept", by, note=note, changes=changes)
    _stop(row, by)
    _tell(people.responsible(row.unit), f"整改复查通过：{row}", row, NoticeKind.RESULT, note)
    return row


@transaction.atomic
def return_(row: Rectification, *, by: User, note: str) -> Rectification:
    """退回: it has to be put right still; the days of the re-check are given back."""
    row = _move(row, "return_", by, note=note, changes={"checked_by": by, "checked_at": clock.now()})
    if (limit := _clock(row)) and limits.is_paused(limit):
        _set_day(row, limits.resume(limit, by=by))
    _tell(people.responsible(row.unit), f"整改退回：{row}", row, NoticeKind.TODO, note)
    return row


@transaction.atomic
def cancel(row: Rectification, *, by: User, note: str) -> Rectification:
    """撤销: it is asked for no longer."""
    row = _move(row, "cancel", by, note=note)
    _stop(row, by)
    _tell(people.responsible(row.unit), f"整改撤销：{row}", row, NoticeKind.RESULT, note)
    return row


@transaction.atomic
def extend(
    row: Rectification, working_days: int, *, clause: str, reason: str, document: str = "", by: User
) -> Rectification:
    """延期 by whoever assesses, with clause and reason; raises Refused once it is overdue."""
    row = Rectification.objects.select_for_update(of=["self"], no_key=True).get(pk=row.pk)
    if reason_against := oversight.why_not_assess(by, row.unit):
        raise NotAllowed(reason_against)
    if row.state != RectificationState.ORDERED:
        raise TooLate(f"“{row}”现在是“{row.get_state_display()}”，不能延期")
    limit = _clock(row)
    if limit is None:
        raise Refused("这项整改没有在计的时限")
    limit = limits.extend(limit, working_days, clause=clause, reason=reason, document=document, by=by)
    _set_day(row, limit)
    note = f"延期{working_days}个工作日，至{limits.due_text(limit)}：{reason}"
    audit.record("extend", "整改延期", row, actor=by, clause=clause, note=note)
    _tell(people.responsible(row.unit), f"整改延期至{limits.due_text(limit)}：{row}", row, NoticeKind.RESULT)
    return row


@sweep("remind_of_rectifications", every=timedelta(minutes=30), label="整改催办")
def remind() -> int:
    """At half of the days, the day before, on the day, and each working day after it. Returns how many were told."""
    return limits.remind(list(rectifications.running_clocks()), _call)


def _call(limit: Limit, stage: Stage) -> limits.Call:
    row: Rectification = limit.subject
    told = [*people.responsible(row.unit)]
    if stage == Stage.OVERDUE and _still_assesses(row):
        told.append(row.ordered_by)
    return limits.Call(told, f"整改{stage.label}：{row}", row.get_absolute_url())


def _move(row: Rectification, verb: str, by: User, note: str = "", changes: dict | None = None):
    acting = None if verb == "report" else oversight.acting_for
    return fire(
        row, verb, actor=by, why_not=rules.why_not, acting_for=acting, note=note, clause=row.clause,
        changes=changes,
    )  # fmt: skip


def _clock(row: Rectification) -> Limit | None:
    return limits.open_limits_for(row).first()


def _stand_still(row: Rectification, by: User) -> None:
    """What came late stays late: an overdue clock cannot be stopped."""
    limit = _clock(row)
    if limit and clock.now() <= limit.due_at:
        limits.pause(limit, clause=row.clause, reason="已报告，等待复查", by=by)


def _stop(row: Rectification, by: User) -> None:
    if limit := _clock(row):
        _set_day(row, limits.meet(limit, by=by))
    notices.settle(row.get_absolute_url())


def _set_day(row: Rectification, limit: Limit) -> None:
    row.due_on = localdate(limit.due_at)
    row.save(update_fields=["due_on"])


def _moved(limit: Limit, move: str) -> None:
    """A changed calendar moved the clock: the day follows."""
    if row := limit.subject:
        _set_day(row, limit)


def _still_assesses(row: Rectification) -> bool:
    return row.ordered_by.is_active and not oversight.why_not_assess(row.ordered_by, row.unit)


def _tell(told, title: str, row: Rectification, kind: NoticeKind, body: str = "") -> None:
    notices.tell(told, title, kind=kind, body=body[:500], url=row.get_absolute_url())


limits.tell_moves_of(Rectification, _moved)
