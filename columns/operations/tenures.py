"""What all steps of a grant share: whom they lock, when its powers are live, whom they tell."""

from datetime import datetime
from functools import partial

from django.db.models import DateTimeField, Value
from django.db.models.functions import Greatest

from columns import rules
from columns.models import Appointment, Tenure
from columns.models.powers import end_of
from portal import clock, notices
from portal.models import User
from portal.workflow import fire

CLAUSE = "办法第十条"
move = partial(fire, why_not=rules.why_not, acting_for=rules.acting_on_grant)


def locked_person(row: Appointment, by: User) -> User:
    """The two people first, then the row: whoever changes somebody's grants locks in this order."""
    both = User.objects.select_for_update(no_key=True).filter(pk__in=(row.user_id, by.pk)).order_by("pk")
    return next(one for one in both if one.pk == row.user_id)


def open_tenure(row: Appointment, now: datetime) -> None:
    """From `now` on, to the end of the last day if there is one."""
    Tenure.objects.create(
        appointment=row,
        powers=row.role.powers,
        starts_at=now,
        ends_at=end_of(row.ends_on) if row.ends_on else None,
    )


def close_tenure(row: Appointment, at: datetime | None = None) -> None:
    """As at `at`, the moment from which the powers were gone; now, unless said."""
    now = clock.now()
    live = Tenure.objects.filter(appointment=row).live_at(now)
    live.update(ends_at=Greatest("starts_at", Value(at or now, DateTimeField())))


def end(row: Appointment, verb: str, by: User, note: str, at: datetime | None = None) -> Appointment:
    """The grant is over, and its powers with it."""
    changes = {"ended_on": clock.today()}
    row = move(row, verb, actor=by, note=note, clause=CLAUSE, changes=changes)
    close_tenure(row, at)
    return row


def settle(row: Appointment) -> None:
    """Nobody is called to this grant any more."""
    notices.settle(row.get_absolute_url())


def tell(row: Appointment, title: str, note: str = "") -> None:
    """The person whose grant it is hears of it."""
    notices.tell([row.user], title, body=note, url=row.get_absolute_url())
