"""Clocks start, stand still, are extended, and are met."""

from datetime import datetime

from django.db import models, transaction
from django.utils.timezone import localdate

from portal import audit, clock
from portal.limits.reading import due_text, is_paused
from portal.limits.reckoning import reckon
from portal.models import Limit, User
from portal.workdays import Calendar
from portal.workflow import Refused


@transaction.atomic
def start(
    subject: models.Model,
    *,
    label: str,
    clause: str,
    working_days: int,
    owner: User | None = None,
    at: datetime | None = None,
    by: User | None = None,
) -> Limit:
    """Start a clock on `subject` at `at` (aware; now by default). The day it starts does not count."""
    limit = Limit(subject=subject, label=label, clause=clause, working_days=working_days, owner=owner)
    limit.started_at = at or clock.now()
    reckon(limit, [], [], Calendar.since(localdate(limit.started_at)))
    limit.save()
    _record("start_limit", "开始计时", limit, by, note=limit.computed["explained"])
    return limit


@transaction.atomic
def pause(limit: Limit, *, clause: str, reason: str, by: User, document: str = "") -> Limit:
    """Stop the clock: the days after this one, up to the day it resumes, do not count.

    `document`: the paper that approves it. Refused once met, paused or overdue, or without a reason.
    """
    limit = _locked_open(limit)
    if is_paused(limit):
        raise Refused("时限已经暂停")
    _require_running(limit, "暂停")
    _require_reason(reason, "暂停")
    limit.pauses.create(started_at=clock.now(), clause=clause, reason=reason, document=document, by=by)
    return _changed("pause_limit", "暂停计时", limit, by, clause, reason)


@transaction.atomic
def resume(limit: Limit, *, by: User) -> Limit:
    """Let the clock run on; the due date moves by the working days it stood still."""
    limit = _locked_open(limit)
    if not is_paused(limit):
        raise Refused("时限没有暂停")
    limit.pauses.filter(ended_at=None).update(ended_at=clock.now())
    return _changed("resume_limit", "恢复计时", limit, by)


@transaction.atomic
def extend(
    limit: Limit, working_days: int, *, clause: str, reason: str, by: User, document: str = ""
) -> Limit:
    """延期: add working days. Refused once met or overdue, or without a reason."""
    limit = _locked_open(limit)
    if not is_paused(limit):
        _require_running(limit, "延期")
    if working_days < 1:
        raise Refused("延长的工作日须在 1 个以上", "working_days")
    _require_reason(reason, "延期")
    why = {"clause": clause, "reason": reason, "document": document}
    limit.extensions.create(working_days=working_days, **why, by=by, at=clock.now())
    return _changed("extend_limit", f"延期{working_days}个工作日", limit, by, clause, reason)


@transaction.atomic
def reassess(limit: Limit, working_days: int, *, clause: str, reason: str, by: User) -> Limit:
    """Another rule holds: so many days from the same start. Refused once met, or without a reason."""
    limit = _locked_open(limit)
    _require_reason(reason, "重新核定")
    limit.working_days, limit.clause = working_days, clause
    return _changed("reassess_limit", f"时限核定为{working_days}个工作日", limit, by, clause, reason)


@transaction.atomic
def meet(limit: Limit, *, by: User | None = None) -> Limit:
    """Done, or no longer asked for: the clock stops for good. Doing it again changes nothing."""
    limit = Limit.objects.select_for_update().get(pk=limit.pk)
    if limit.met_at:
        return limit
    limit.met_at = clock.now()
    limit.pauses.filter(ended_at=None).update(ended_at=limit.met_at)
    return _changed("meet_limit", "办结", limit, by)


def _locked_open(limit: Limit) -> Limit:
    limit = Limit.objects.select_for_update().get(pk=limit.pk)
    if limit.met_at:
        raise Refused("事项已办结，时限不再变动")
    return limit


def _require_running(limit: Limit, act: str) -> None:
    if clock.now() > limit.due_at:
        raise Refused(f"时限已逾期，不能再{act}")


def _require_reason(reason: str, act: str) -> None:
    if not reason.strip():
        raise Refused(f"请写明{act}的理由", "reason")


def _changed(
    verb: str, label: str, limit: Limit, by: User | None, clause: str = "", reason: str = ""
) -> Limit:
    """Reckon anew, save, and record why."""
    calendar = Calendar.since(localdate(limit.started_at))
    reckon(limit, limit.pauses.all(), limit.extensions.all(), calendar)
    limit.save()
    _record(verb, label, limit, by, clause, note=f"{reason}；{due_text(limit)}到期".removeprefix("；"))
    return limit


def _record(verb: str, label: str, limit: Limit, by: User | None, clause: str = "", note: str = "") -> None:
    actor = by or User.objects.system()
    audit.record(verb, label, limit, actor=actor, clause=clause or limit.clause, note=note)
