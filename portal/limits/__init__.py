"""时限: one engine for every running clock. `due_at` is stored with how it was computed; overdue is derived.

A limit counts working days from the day after it starts to the end of its last day. It may be paused and
extended, each time with clause, reason and who; a changed calendar moves what is open and tells the owners.
"""

from portal.limits.listing import clock_of, timed, with_clock
from portal.limits.reading import (
    calendar_for,
    due_text,
    is_paused,
    open_limits_for,
    overdue,
    stage,
    time_left,
    urgency,
)
from portal.limits.reckoning import RULE, reckon
from portal.limits.recomputing import recompute_open, tell_moves_of
from portal.limits.reminding import MORNING, Call, is_time, remind, tell_once
from portal.limits.running import extend, meet, pause, reassess, resume, start

__all__ = [
    "MORNING",
    "RULE",
    "Call",
    "calendar_for",
    "clock_of",
    "due_text",
    "extend",
    "is_paused",
    "is_time",
    "meet",
    "open_limits_for",
    "overdue",
    "pause",
    "reassess",
    "reckon",
    "recompute_open",
    "remind",
    "resume",
    "stage",
    "start",
    "tell_moves_of",
    "tell_once",
    "time_left",
    "timed",
    "urgency",
    "with_clock",
]
