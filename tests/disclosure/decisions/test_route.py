"""The way of an answer: drafted by the department, reviewed by its head, signed by the director, sent at once."""

from datetime import date, timedelta

import pytest

from columns import operations as column_operations
from columns.models import Delegation, Role
from disclosure.enums.decisions import DecisionState, Outcome
from disclosure.enums.requests import RequestState
from disclosure.models import Decision, DisclosureRequest
from disclosure.operations import decisions, request_moves
from disclosure.operations.decisions import Draft
from portal import clock, limits
from portal.models import AuditEntry, Notice
from portal.workflow import NotAllowed, Refused, TooLate
from tests.disclosure.decisions.conftest import moment

pytestmark = pytest.mark.django_db
REFUSAL = Draft(Outcome.INTERNAL, ground="属于内部会议安排")


@pytest.fixture(autouse=True)
def _on_a_working_day():
    with clock.at(moment("2026-10-12 09:00")):
        yield


@pytest.fixture
def submitted(house, ask):
    return decisions.finish(ask(), REFUSAL, version=0, by=house.lawyer)


def current(decision: Decision):
    return decision.steps.get(state="CURRENT")


def signed(house, decision: Decision) -> Decision:
    decisions.approve(current(decision), by=house.law_head)
    return decisions.approve(current(decision), by=house.signer)


def test_an_answer_goes_out_with_the_last_approval(house, submitted):
    decision = signed(house, submitted)
    request = DisclosureRequest.objects.get()
    assert (decision.state, decision.number, decision.signed_by) == (
        DecisionState.SENT, "城东公开答〔2026〕1号", house.signer,
    )  # fmt: skip
    assert (request.state, request.outcome, request.answered_on) == (
        RequestState.ANSWERED, Outcome.INTERNAL, date(2026, 10, 12),
    )  # fmt: skip
    assert not limits.open_limits_for(request).exists()
    assert decision.letter.name == "政府信息公开申请答复书城东公开答〔2026〕1号.docx"
    assert [one.text for one in request.news.all()] == [
        "您的申请已答复（城东公开答〔2026〕1号）。请在本页查看、下载答复书和附件。"
    ]


def test_numbers_of_a_year_have_no_gap_and_are_the_sites(house, ask):
    for _ in range(2):
        signed(house, decisions.finish(ask(), REFUSAL, version=0, by=house.lawyer))
    assert list(Decision.objects.order_by("pk").values_list("number", flat=True)) == [
        "城东公开答〔2026〕1号", "城东公开答〔2026〕2号",
    ]  # fmt: skip


def test_the_departments_own_reviewer_comes_before_others(house, submitted):
    with pytest.raises(NotAllowed):
        decisions.approve(current(submitted), by=house.head_person)


def test_nobody_approves_their_own_draft(house, ask):
    column_operations.appoint(
        house.lawyer, Role.objects.get(key="HEAD"), house.main, by=house.system, reason="测试"
    )
    decision = decisions.finish(ask(), REFUSAL, version=0, by=house.lawyer)
    with pytest.raises(NotAllowed, match="不能审核自己拟写的答复"):
        decisions.approve(current(decision), by=house.lawyer)


def test_who_acts_for_the_drafter_may_not_approve(house, submitted):
    Delegation.objects.create(
        principal=house.lawyer, acting=house.law_head, starts_on=clock.today(),
        ends_on=clock.today() + timedelta(days=3), named_by=house.chief, named_at=clock.now(), reason="出差",
    )  # fmt: skip
    with pytest.raises(NotAllowed, match="不能审核被代理人的答复"):
        decisions.approve(current(submitted), by=house.law_head)


def test_who_saved_it_once_is_a_drafter_too(house, ask):
    request = ask()
    decisions.save(request, REFUSAL, version=0, by=house.colleague)
    decision = decisions.finish(request, REFUSAL, version=1, by=house.lawyer)
    column_operations.appoint(
        house.colleague, Role.objects.get(key="HEAD"), house.main, by=house.system, reason="测试"
    )
    with pytest.raises(NotAllowed, match="不能审核自己拟写的答复"):
        decisions.approve(current(decision), by=house.colleague)


@pytest.mark.parametrize("who", ["clerk", "signer", "inspector", "granter", "law_head", "staff"])
def test_only_the_handling_department_drafts(house, ask, who):
    with pytest.raises(NotAllowed):
        decisions.save(ask(), REFUSAL, version=0, by=getattr(house, who))


@pytest.mark.parametrize("state", [one for one in RequestState if one != RequestState.IN_HAND])
def test_nothing_is_drafted_while_the_request_is_elsewhere(house, ask, state):
    with pytest.raises(TooLate):
        decisions.save(ask(state=state), REFUSAL, version=0, by=house.lawyer)


def test_a_draft_without_what_it_needs_does_not_go_on_its_way(house, ask):
    request = ask()
    for draft, field in {Draft(): "outcome", Draft(Outcome.INTERNAL): "ground"}.items():
        with pytest.raises(Refused) as refusal:
            decisions.finish(request, draft, version=0, by=house.lawyer)
        assert refusal.value.field == field
    assert (request.decisions.count(), DisclosureRequest.objects.get().state) == (0, RequestState.IN_HAND)


def test_a_step_that_nobody_may_take_is_said_before_it_is_submitted(house, ask):
    house.signer.is_active = False
    house.signer.save()
    with pytest.raises(Refused, match="局长签发"):
        decisions.finish(ask(), REFUSAL, version=0, by=house.lawyer)


def test_an_office_without_a_route_answers_at_once(house, ask):
    house.office.route = None
    house.office.save()
    decision = decisions.finish(ask(), REFUSAL, version=0, by=house.lawyer)
    assert (decision.state, decision.steps.count()) == (DecisionState.SENT, 0)


def test_a_return_goes_to_the_drafter_with_its_reason(house, submitted):
    decisions.approve(current(submitted), by=house.law_head)
    with pytest.raises(Refused, match="请写明退回的理由"):
        decisions.return_(current(submitted), by=house.signer, note=" ")
    decision = decisions.return_(current(submitted), by=house.signer, note="写明第几条")
    request = DisclosureRequest.objects.get()
    assert (decision.state, request.state) == (DecisionState.RETURNED, RequestState.IN_HAND)
    told = Notice.objects.get(recipient=house.lawyer, title__startswith="答复退回")
    assert told.body.endswith("（局长签发）：写明第几条")
    again = decisions.finish(request, REFUSAL, version=decision.version, by=house.lawyer)
    assert list(again.steps.values_list("round", "label", "state")) == [
        (1, "负责人审核", "APPROVED"), (1, "局长签发", "RETURNED"),
        (2, "负责人审核", "CURRENT"), (2, "局长签发", "WAITING"),
    ]  # fmt: skip


def test_a_draft_is_taken_back_before_it_is_sent(house, submitted):
    request = DisclosureRequest.objects.get()
    with pytest.raises(TooLate, match="请先收回"):
        decisions.save(request, REFUSAL, version=1, by=house.lawyer)
    decision = decisions.take_back(request, by=house.colleague)
    assert decision.state == DecisionState.DRAFT
    assert set(decision.steps.values_list("state", flat=True)) == {"CANCELLED"}
    assert not Notice.objects.filter(recipient=house.law_head, read_at=None).exists()


def test_two_approvals_of_one_step_are_one(house, submitted):
    step = current(submitted)
    decisions.approve(step, by=house.law_head)
    with pytest.raises(TooLate, match="被改动或处理过"):
        decisions.approve(step, by=house.law_head)
    with pytest.raises(TooLate):
        decisions.return_(step, by=house.law_head, note="太晚")


def test_two_drafters_at_once_do_not_overwrite_each_other(house, ask):
    request = ask()
    decisions.save(request, Draft(Outcome.INTERNAL, ground="甲"), version=0, by=house.lawyer)
    with pytest.raises(TooLate, match="又被别人保存过"):
        decisions.save(request, Draft(Outcome.INTERNAL, ground="乙"), version=0, by=house.colleague)
    assert Decision.objects.get().ground == "甲"


def test_what_is_missing_at_the_last_approval_keeps_it_from_going_out(house, submitted):
    decisions.approve(current(submitted), by=house.law_head)
    Decision.objects.update(ground="")
    with pytest.raises(Refused, match="须写明事实理由"):
        decisions.approve(current(submitted), by=house.signer)
    assert DisclosureRequest.objects.get().state == RequestState.IN_REVIEW


def test_every_act_is_on_the_audit_trail_and_names_no_applicant(house, submitted):
    signed(house, submitted)
    kinds = ("disclosure.decision", "disclosure.disclosurerequest")
    entries = AuditEntry.objects.filter(object_type__in=kinds).order_by("pk")
    assert [one.verb for one in entries] == [
        "submit_decision", "submit", "approve", "approve", "send", "answer",
    ]  # fmt: skip
    assert not any("张三" in one.note + one.object_label for one in entries)


def test_a_proposed_draft_waits_for_somebody_of_the_department(house, ask):
    request = ask()
    decision = decisions.begin(request, Outcome.NOT_CORRECTED, ground="逾期不补正", by=house.system)
    assert (decision.outcome, decision.version, decision.state) == ("NOT_CORRECTED", 1, DecisionState.DRAFT)
    assert decisions.begin(request, Outcome.OTHER, ground="", by=house.system) == decision


def test_a_draft_of_a_department_that_no_longer_answers_is_kept_and_not_sent(house, ask):
    request = ask()
    decisions.save(request, REFUSAL, version=0, by=house.lawyer)
    request_moves.discard_drafts(request, note="转办", by=house.clerk)
    assert Decision.objects.get().state == DecisionState.DISCARDED
