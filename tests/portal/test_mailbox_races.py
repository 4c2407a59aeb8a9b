"""Official mailboxes with two people at once: one wins, the other is told, one to one holds."""

import pytest

from portal.enums import MailboxKind
from portal.models import OfficialMailbox
from portal.operations import mailboxes as operations
from portal.workflow import Refused, TooLate
from tests.races import RACING, at_once, fresh, one_won

pytestmark = RACING
PERSONAL, UNIT = MailboxKind.PERSONAL, MailboxKind.UNIT
ROUNDS = range(3)


@pytest.mark.parametrize("turn", ROUNDS)
def test_of_two_applications_for_one_unit_one_is_made(turn, office):
    results = at_once(
        lambda: operations.apply(UNIT, by=fresh(office.staff)),
        lambda: operations.apply(UNIT, by=fresh(office.collector)),
    )
    assert one_won(results).department == office.section
    assert OfficialMailbox.objects.count() == 1


@pytest.mark.parametrize("turn", ROUNDS)
def test_a_person_who_presses_twice_applies_once(turn, office):
    one_won(at_once(*[lambda: operations.apply(PERSONAL, by=fresh(office.staff))] * 2))
    assert OfficialMailbox.objects.count() == 1


@pytest.mark.parametrize("turn", ROUNDS)
def test_one_address_is_issued_to_one_of_two(turn, office):
    first = operations.apply(PERSONAL, by=office.staff)
    second = operations.apply(PERSONAL, by=office.collector)
    results = at_once(
        lambda: operations.issue(fresh(first), by=fresh(office.granter), address="a@fenju.example"),
        lambda: operations.issue(fresh(second), by=fresh(office.granter), address="A@fenju.example"),
    )
    one_won(results, Refused)
    states = sorted(OfficialMailbox.objects.values_list("state", "address"))
    assert states == [("APPLIED", ""), ("ISSUED", "a@fenju.example")]


@pytest.mark.parametrize("turn", ROUNDS)
def test_of_taking_back_and_issuing_one_holds(turn, office):
    mailbox = operations.apply(PERSONAL, by=office.staff)
    results = at_once(
        lambda: operations.withdraw(fresh(mailbox), by=fresh(office.staff)),
        lambda: operations.issue(fresh(mailbox), by=fresh(office.granter), address="a@fenju.example"),
    )
    one_won(results, TooLate)
    assert (fresh(mailbox).state, fresh(mailbox).address) in {
        ("WITHDRAWN", ""),
        ("ISSUED", "a@fenju.example"),
    }
