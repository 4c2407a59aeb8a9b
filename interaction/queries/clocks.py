"""The running clocks of things that wait, read along with them."""

from typing import Any

from django.db import models

from portal import limits
from portal.limits.listing import clock_of, with_clock

__all__ = ["clock_of", "standing", "with_clock"]


def standing(item: models.Model) -> dict[str, Any]:
    """The clock of one thing in words, for its page: `limit`, `urgency`, `time_left`."""
    limit = limits.open_limits_for(item).first()
    if limit is None:
        return {"limit": None, "urgency": "", "time_left": ""}
    calendar = limits.calendar_for([limit])
    return {
        "limit": limit,
        "urgency": limits.urgency(limit, calendar=calendar),
        "time_left": limits.time_left(limit, calendar=calendar),
    }
