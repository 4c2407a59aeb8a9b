"""The sum behind a due date: the start, the days allowed, extensions and pauses, over the calendar."""

from collections.abc import Iterable

from django.utils.timezone import localdate

from portal.models import Limit, LimitExtension, LimitPause
from portal.workdays import Calendar, end_of_day, explain

RULE = "自起算次日起计，至最后一个工作日24时；暂停期间不计"


def reckon(
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
    return {"clause": one.clause, "reason": one.reason, "document": one.document}


def _shares(extended: int, paused: int) -> str:
    parts = [f"延长{extended}个工作日"] * bool(extended) + [f"暂停{paused}个工作日"] * bool(paused)
    return f"；含{'、'.join(parts)}" if parts else ""
