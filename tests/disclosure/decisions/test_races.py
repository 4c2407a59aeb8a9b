"""Two at the same instant about one answer: one act wins, numbers have no gap, nothing is sent or delivered twice."""

import pytest
from django.core import mail

from disclosure.enums.decisions import Outcome
from disclosure.enums.requests import Delivery
from disclosure.models import Decision, DecisionYear, DisclosureRequest
from disclosure.operations import decisions, deliveries
from disclosure.operations.decisions import Draft
from portal import clock
from portal.models import AuditEntry
from portal.workflow import TooLate
from tests.disclosure.decisions.conftest import moment
from tests.disclosure.requests.test_races import at_once, refusals
from tests.races import RACING, fresh

pytestmark = RACING
ROUNDS = range(2)
DAY = "2026-10-12"
REFUSAL = Draft(Outcome.INTERNAL, ground="内部会议")


def submitted(house, ask, **more) -> Decision:
    with clock.at(moment(f"{DAY} 09:00")):
        return decisions.finish(ask(**more), REFUSAL, version=0, by=house.lawyer)


def step_of(decision: Decision):
    return decision.steps.select_related("decision__request__site").get(state="CURRENT")


@pytest.mark.parametrize("turn", ROUNDS)
def test_two_last_approvals_send_one_letter(turn, house, ask):
    decision = submitted(house, ask)
    with clock.at(moment(f"{DAY} 09:30")):
        decisions.approve(step_of(decision), by=house.law_head)
    results = at_once(*[lambda: decisions.approve(step_of(decision), by=fresh(house.signer))] * 2, on=DAY)
    lost = [one for one in results if not isinstance(one, Decision)]
    assert len(lost) == 1
    assert Decision.objects.get().number == "城东公开答〔2026〕1号"
    assert (DecisionYear.objects.get().last, AuditEntry.objects.filter(verb="send").count()) == (1, 1)


@pytest.mark.parametrize("turn", ROUNDS)
def test_of_approval_and_recall_one_comes_first(turn, house, ask):
    decision = submitted(house, ask)
    step, request = step_of(decision), decision.request
    results = at_once(
        lambda: decisions.approve(step, by=fresh(house.law_head)),
        lambda: decisions.take_back(fresh(request), by=fresh(house.lawyer)),
        on=DAY,
    )
    assert set(refusals(results)) <= {TooLate}
    assert set(Decision.objects.get().steps.values_list("state", flat=True)) in (
        {"CANCELLED"}, {"APPROVED", "CANCELLED"},
    )  # fmt: skip


@pytest.mark.parametrize("turn", ROUNDS)
def test_answers_sent_at_once_have_numbers_without_a_gap(turn, house, ask):
    house.office.route = None
    house.office.save()
    requests = [ask() for _ in range(3)]
    at_once(
        *[
            lambda one=one: decisions.finish(one, REFUSAL, version=0, by=fresh(house.lawyer))
            for one in requests
        ],
        on=DAY,
    )
    numbers = sorted(Decision.objects.values_list("number", flat=True))
    assert numbers == [f"城东公开答〔2026〕{number}号" for number in (1, 2, 3)]


@pytest.mark.parametrize("turn", ROUNDS)
def test_opened_twice_at_once_it_is_delivered_once(turn, house, ask):
    house.office.route = None
    house.office.save()
    request = submitted(house, ask).request
    at_once(*[lambda: deliveries.open_online(fresh(request))] * 3, on=DAY)
    assert DisclosureRequest.objects.get().state == "CLOSED"
    assert AuditEntry.objects.filter(verb="deliver").count() == 1


@pytest.mark.parametrize("turn", ROUNDS)
def test_two_sweeps_mail_one_answer(turn, house, ask):
    house.office.route = None
    house.office.save()
    submitted(house, ask, delivery=Delivery.EMAIL)
    assert sorted(at_once(deliveries.mail_answers, deliveries.mail_answers, on=DAY)) == [0, 1]
    assert len([one for one in mail.outbox if one.subject.startswith("政府信息公开申请答复")]) == 1
