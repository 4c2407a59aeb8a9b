"""How clocks stand: read, never stored."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import localdate

from portal import clock
from portal.enums import Stage, Urgency
from portal.models import Limit, LimitPause
from portal.workdays import ESTIMATED, Calendar


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


def stage(limit: Limit, now: datetime, calendar: Calendar) -> Stage | None:
    """Which reminder is due: half of the days gone, one day before, on the day, after. None before half, while
    paused and once met. `calendar` from `calendar_for` or any that begins with the year the limit started."""
    if limit.met_at or is_paused(limit):
        return None
    start, due, today = localdate(limit.started_at), localdate(limit.due_at), localdate(now)
    if now > limit.due_at:
        return Stage.OVERDUE
    if today == due:
        return Stage.DUE
    left = calendar.working_days_between(today, due)
    if left <= 1:
        return Stage.DAY_BEFORE
    return Stage.HALF if left * 2 <= calendar.working_days_between(start, due) else None


def due_text(limit: Limit) -> str:
    """2026年10月20日, marked when its year's plan is not published yet."""
    day = localdate(limit.due_at)
    mark = f"（{ESTIMATED}）" if limit.computed.get("estimated") else ""
    return f"{day.year}年{day.month}月{day.day}日{mark}"


def _days_left(due_at: datetime, now: datetime, calendar: Calendar | None) -> int:
    today, due = localdate(now), localdate(due_at)
    return (calendar or Calendar.since(min(today, due))).working_days_between(today, due)
