"""A changed calendar moves what is open."""

from collections.abc import Callable
from datetime import date

from django.db import models, transaction
from django.utils.timezone import localdate

from portal import audit
from portal.limits.reckoning import reckon
from portal.models import Limit, User
from portal.notices import tell
from portal.workdays import Calendar

Teller = Callable[[Limit, str], None]
_tellers: dict[type[models.Model], Teller] = {}


def tell_moves_of(model: type[models.Model], teller: Teller) -> None:
    """Of a moved limit of this kind of thing `teller(limit, move)` is told as well: whoever else must hear of it.

    `move` says from which day to which, in words.
    """
    _tellers[model] = teller


@transaction.atomic
def recompute_open(*, by: User | None = None) -> list[Limit]:
    """After a change of the calendar: move the open limits, tell each owner once the old and the new date.

    Returns those whose due date moved.
    """
    limits = list(
        Limit.objects.select_for_update(of=("self",))
        .filter(met_at=None)
        .select_related("owner", "subject_type")
        .prefetch_related("pauses", "extensions")
    )
    if not limits:
        return []
    calendar = Calendar.since(localdate(min(limit.started_at for limit in limits)))
    old = {limit.pk: (limit.due_at, limit.computed) for limit in limits}
    for limit in limits:
        reckon(limit, limit.pauses.all(), limit.extensions.all(), calendar)
    touched = [limit for limit in limits if (limit.due_at, limit.computed) != old[limit.pk]]
    Limit.objects.bulk_update(touched, ["due_at", "computed"], batch_size=200)
    moved = [limit for limit in touched if limit.due_at != old[limit.pk][0]]
    _record_moves(moved, {pk: localdate(due_at) for pk, (due_at, _) in old.items()}, by)
    return moved


def _record_moves(moved: list[Limit], old_days: dict[int, date], by: User | None) -> None:
    acts = []
    for limit in moved:
        move = f"到期日由{old_days[limit.pk]:%Y-%m-%d}改为{localdate(limit.due_at):%Y-%m-%d}"
        note = f"工作日历调整，{move}"
        acts.append(audit.Act("recompute_limit", "重新推算时限", limit, note, limit.clause))
        if limit.owner:
            _tell_owner(limit.owner, limit, move)
        if teller := _tellers.get(limit.subject_type.model_class()):
            teller(limit, move)
    if acts:
        audit.record_all(acts, actor=by or User.objects.system())


def _tell_owner(owner: User, limit: Limit, move: str) -> None:
    subject = limit.subject
    what = f"{limit.label}“{subject}”" if subject else limit.label
    url = subject.get_absolute_url() if subject and hasattr(subject, "get_absolute_url") else ""
    tell([owner], what + move, body=f"工作日历调整。{limit.computed['explained']}。", url=url)
