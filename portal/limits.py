"""时限: one engine for every running clock. `due_at` is stored with how it was computed; overdue is derived.

A limit counts working days from the day after it starts to the end of its last day. It may be paused and
extended, each time with clause, reason and who; a changed calendar moves what is open and tells the owners.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import localdate

from portal import audit, clock
from portal.enums import Urgency
from portal.models import Limit, LimitExtension, LimitPause, User
from portal.notices import tell
from portal.workdays import ESTIMATED, Calendar, end_of_day, explain
from portal.workflow import Refused

RULE = "自起算次日起计，至最后一个工作日24时；暂停期间不计"


# --- reads ---------------------------------------------------------------------------------------


def open_limits_for(subject: models.Model) -> QuerySet[Limit]:
    """The running and paused limits of one thing, nearest first."""
    return Limit.objects.filter(
        subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk, met_at=None
    )


def overdue(now: datetime | None = None) -> QuerySet[Limit]:
    """Open limits past their end at `now`; a paused one cannot run out."""
    paused = LimitPause.objects.filter(limit=OuterRef("pk"), ended_at=None)
    return Limit.objects.filter(~Exists(paused), met_at=None, due_at__lt=now or clock.now())


def is_paused(limit: Limit) -> bool:
    """Read from `computed`, without a query."""
    pauses = limit.computed.get("pauses", [])
    return any(one["to"] is None for one in pauses)


def calendar_for(limits: Iterable[Limit]) -> Calendar:
    """The one calendar (two queries) that `urgency` and `time_left` need for all of these."""
    return Calendar.since(min([clock.today(), *(localdate(limit.due_at) for limit in limits)]))


def urgency(
    limit: Limit | datetime, now: datetime | None = None, *, calendar: Calendar | None = None
) -> Urgency:
    """RED past the end, AMBER with at most one working day left, else OK; met and paused limits are OK."""
    now = now or clock.now()
    if isinstance(limit, Limit) and (limit.met_at or is_paused(limit)):
        return Urgency.OK
    due_at = limit.due_at if isinstance(limit, Limit) else limit
    if now > due_at:
        return Urgency.RED
    return Urgency.AMBER if _days_left(due_at, now, calendar) <= 1 else Urgency.OK


def time_left(limit: Limit, now: datetime | None = None, *, calendar: Calendar | None = None) -> str:
    """还剩 2 个工作日 · 今天到期 · 已逾期 3 个工作日 · 已暂停 · 按时办结 · 逾期办结."""
    now = now or clock.now()
    if limit.met_at:
        return "按时办结" if limit.met_at <= limit.due_at else "逾期办结"
    if is_paused(limit):
        return "已暂停"
    if localdate(limit.due_at) == localdate(now):
        return "今天到期"
    days = _days_left(limit.due_at, now, calendar)
    if now > limit.due_at:
        return f"已逾期 {-days} 个工作日" if days else "已逾期"
    return f"还剩 {days} 个工作日"


def due_text(limit: Limit) -> str:
    """2026年10月20日, marked when its year's plan is not published yet."""
    day = localdate(limit.due_at)
    mark = f"（{ESTIMATED}）" if limit.computed.get("estimated") else ""
    return f"{day.year}年{day.month}月{day.day}日{mark}"


def _days_left(due_at: datetime, now: datetime, calendar: Calendar | None) -> int:
    today, due = localdate(now), localdate(due_at)
    return (calendar or Calendar.since(min(today, due))).working_days_between(today, due)


# --- operations ----------------------------------------------------------------------------------


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
    _reckon(limit, [], [], Calendar.since(localdate(limit.started_at)))
    limit.save()
    _record("start_limit", "开始计时", limit, by, note=limit.computed["explained"])
    return limit


@transaction.atomic
def pause(limit: Limit, *, clause: str, reason: str, by: User) -> Limit:
    """Stop the clock: the days after this one, up to the day it resumes, do not count.

    Refused once met, paused or overdue, or without a reason.
    """
    limit = _locked_open(limit)
    if is_paused(limit):
        raise Refused("时限已经暂停")
    _require_running(limit, "暂停")
    _require_reason(reason, "暂停")
    limit.pauses.create(started_at=clock.now(), clause=clause, reason=reason, by=by)
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
def extend(limit: Limit, working_days: int, *, clause: str, reason: str, by: User) -> Limit:
    """延期: add working days. Refused once met or overdue, or without a reason."""
    limit = _locked_open(limit)
    if not is_paused(limit):
        _require_running(limit, "延期")
    if working_days < 1:
        raise Refused("延长的工作日须在 1 个以上", "working_days")
    _require_reason(reason, "延期")
    limit.extensions.create(working_days=working_days, clause=clause, reason=reason, by=by, at=clock.now())
    return _changed("extend_limit", f"延期{working_days}个工作日", limit, by, clause, reason)


@transaction.atomic
def meet(limit: Limit, *, by: User | None = None) -> Limit:
    """Done, or no longer asked for: the clock stops for good. Doing it again changes nothing."""
    limit = Limit.objects.select_for_update().get(pk=limit.pk)
    if limit.met_at:
        return limit
    limit.met_at = clock.now()
    limit.pauses.filter(ended_at=None).update(ended_at=limit.met_at)
    return _changed("meet_limit", "办结", limit, by)


@transaction.atomic
def recompute_open(*, by: User | None = None) -> list[Limit]:
    """After a change of the calendar: move the open limits, tell each owner once the old and the new date.

    Returns those whose due date moved.
    """
    limits = list(
        Limit.objects.select_for_update(of=("self",))
        .filter(met_at=None)
        .select_related("owner")
        .prefetch_related("pauses", "extensions")
    )
    if not limits:
        return []
    calendar = Calendar.since(localdate(min(limit.started_at for limit in limits)))
    old = {limit.pk: (limit.due_at, limit.computed) for limit in limits}
    for limit in limits:
        _reckon(limit, limit.pauses.all(), limit.extensions.all(), calendar)
    touched = [limit for limit in limits if (limit.due_at, limit.computed) != old[limit.pk]]
    Limit.objects.bulk_update(touched, ["due_at", "computed"], batch_size=200)
    moved = [limit for limit in touched if limit.due_at != old[limit.pk][0]]
    _record_moves(moved, {pk: localdate(due_at) for pk, (due_at, _) in old.items()}, by)
    return moved


# --- below the operations -------------------------------------------------------------------------


def _reckon(
    limit: Limit, pauses: Iterable[LimitPause], extensions: Iterable[LimitExtension], calendar: Calendar
) -> None:
    """Set `due_at` and `computed` from the start, the days allowed, the extensions and the closed pauses."""
    pauses, extensions = list(pauses), list(extensions)
    start, extended, paused = localdate(limit.started_at), sum(one.working_days for one in extensions), 0
    allowed = limit.working_days + extended
    for one in pauses:
        begun = max(start, localdate(one.started_at))
        if one.ended_at and begun <= calendar.add(start, allowed + paused).due:
            paused += calendar.working_days_between(begun, localdate(one.ended_at))
    due = calendar.add(start, allowed + paused)
    limit.due_at = end_of_day(due.due)
    limit.computed = {
        **due.as_json(),
        "rule": RULE,
        "explained": explain(due) + _shares(extended, paused),
        "pauses": [
            {"from": one.started_at.isoformat(), "to": one.ended_at and one.ended_at.isoformat()} | _why(one)
            for one in pauses
        ],
        "extensions": [
            {"days": one.working_days, "at": one.at.isoformat()} | _why(one) for one in extensions
        ],
    }


def _why(one: LimitPause | LimitExtension) -> dict[str, str]:
    return {"clause": one.clause, "reason": one.reason}


def _shares(extended: int, paused: int) -> str:
    parts = [f"延长{extended}个工作日"] * bool(extended) + [f"暂停{paused}个工作日"] * bool(paused)
    return f"；含{'、'.join(parts)}" if parts else ""


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
    _reckon(limit, limit.pauses.all(), limit.extensions.all(), calendar)
    limit.save()
    _record(verb, label, limit, by, clause, note=f"{reason}；{due_text(limit)}到期".removeprefix("；"))
    return limit


def _record(verb: str, label: str, limit: Limit, by: User | None, clause: str = "", note: str = "") -> None:
    actor = by or User.objects.system()
    audit.record(verb, label, limit, actor=actor, clause=clause or limit.clause, note=note)


def _record_moves(moved: list[Limit], old_days: dict[int, date], by: User | None) -> None:
    acts = []
    for limit in moved:
        move = f"到期日由{old_days[limit.pk]:%Y-%m-%d}改为{localdate(limit.due_at):%Y-%m-%d}"
        note = f"工作日历调整，{move}"
        acts.append(audit.Act("recompute_limit", "重新推算时限", limit, note, limit.clause))
        if limit.owner:
            _tell_owner(limit.owner, limit, move)
    if acts:
        audit.record_all(acts, actor=by or User.objects.system())


def _tell_owner(owner: User, limit: Limit, move: str) -> None:
    subject = limit.subject
    what = f"{limit.label}“{subject}”" if subject else limit.label
    url = subject.get_absolute_url() if subject and hasattr(subject, "get_absolute_url") else ""
    tell([owner], what + move, body=f"工作日历调整。{limit.computed['explained']}。", url=url)
