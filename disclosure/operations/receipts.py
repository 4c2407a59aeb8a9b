"""签收: a unit reads, and signs once, by whoever of it comes first."""

from django.db import transaction
from django.db.models import Q

from disclosure.enums.dispatches import DispatchState, ReceiptState
from disclosure.models import Dispatch, Receipt
from disclosure.rules import dispatches as rules
from portal import clock
from portal.models import Notice, User
from portal.workflow import TooLate, fire


@transaction.atomic
def sign(receipt: Receipt, *, by: User) -> Receipt:
    """签收 for one unit. Raises TooLate, saying who did, when somebody signed first, and when it was withdrawn."""
    dispatch = Dispatch.objects.select_for_update(no_key=True).get(pk=receipt.dispatch_id)
    if dispatch.state != DispatchState.SENT:
        raise TooLate(f"这件公文{dispatch.get_state_display()}，不用签收")
    current = (
        Receipt.objects.select_for_update(no_key=True, of=("self",))
        .select_related("signed_by")
        .get(pk=receipt.pk)
    )
    if current.state == ReceiptState.SIGNED:
        at = clock.local(current.signed_at)
        raise TooLate(f"{current.unit_name}已由{current.signed_by}于 {at:%Y-%m-%d %H:%M} 签收")
    now = clock.now()
    changes = {"signed_by": by, "signed_at": now, "signed_for": rules.principal_in(by, current.unit_id)}
    if current.read_at is None:
        changes |= {"read_by": by, "read_at": now}
    receipt = fire(
        current, "sign", actor=by, why_not=rules.why_not_sign, acting_for=rules.signing_for, changes=changes
    )
    _settle(dispatch, receipt)
    return receipt


def note_read(dispatch: Dispatch, *, by: User) -> int:
    """First read: kept for each unit of the reader once, signed or not. Returns for how many units it was the first."""
    if dispatch.state != DispatchState.SENT:
        return 0
    unread = dispatch.receipts.filter(unit__in=rules.units_of(by), read_at=None)
    return unread.update(read_by=by, read_at=clock.now())


def _settle(dispatch: Dispatch, receipt: Receipt) -> None:
    """Nobody of this unit is called any more; those of other units are."""
    calls = Notice.objects.filter(url=dispatch.get_absolute_url(), read_at=None)
    calls.filter(Q(recipient__department=receipt.unit_id) | Q(recipient=receipt.signed_by_id)).update(
        read_at=clock.now()
    )
