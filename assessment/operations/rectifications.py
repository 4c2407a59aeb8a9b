"""限期整改: asked of a unit, once for each reason."""

from django.db import transaction

from assessment.models import Rectification
from portal import audit, clock
from portal.models import Department, User
from portal.workdays import Calendar


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
    """责令整改 within so many working days; asked again under the same key it stays as it is."""
    if known := Rectification.objects.filter(key=key).first():
        return known
    now = clock.now()
    row = Rectification.objects.create(
        key=key, unit=unit, subject=subject[:120], demand=demand, clause=clause, url=url,
        due_on=Calendar.load().add(clock.local(now).date(), working_days).due, ordered_by=by, ordered_at=now,
    )  # fmt: skip
    audit.record("order", "责令整改", row, actor=by, clause=clause)
    return row
