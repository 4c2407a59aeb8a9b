"""The running clocks of things that wait, read along with them."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, OuterRef, QuerySet, Subquery

from portal import limits
from portal.models import Limit


def with_clock(rows: QuerySet) -> QuerySet:
    """Nearest due first; each row with `due_at` and `computed` of its running limit, None where no clock runs."""
    subject = ContentType.objects.get_for_model(rows.model)
    running = Limit.objects.filter(subject_type=subject, subject_id=OuterRef("pk"), met_at=None)
    running = running.order_by("due_at")
    rows = rows.annotate(
        due_at=Subquery(running.values("due_at")[:1]), computed=Subquery(running.values("computed")[:1])
    )
    return rows.order_by(F("due_at").asc(nulls_last=True), "pk")


def clock_of(row: Any) -> Limit | None:
    """The running limit as `with_clock` read it."""
    return Limit(due_at=row.due_at, computed=row.computed) if row.due_at else None


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
