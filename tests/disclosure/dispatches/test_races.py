"""Two of one unit at once, on threads with connections of their own: one has signed, the other is told who."""

from disclosure.models import Receipt
from disclosure.operations import receipts
from portal import clock
from tests.disclosure.dispatches.conftest import at
from tests.races import RACING, at_once, one_won

pytestmark = RACING


def test_of_two_who_sign_at_once_one_has_signed(office, sent):
    row = sent([office.station]).receipts.get()

    def signing(person):
        with clock.at(at("2026-10-15")):
            return receipts.sign(Receipt.objects.select_related("unit").get(pk=row.pk), by=person)

    signed = one_won(at_once(lambda: signing(office.north), lambda: signing(office.other)))
    row.refresh_from_db()
    assert row.signed_by_id == signed.signed_by_id in (office.north.pk, office.other.pk)
