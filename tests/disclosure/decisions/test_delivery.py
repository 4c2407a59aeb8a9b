"""送达: opened on line, mailed, posted, collected; its day and proof are kept, then the request is closed."""

from datetime import date
from smtplib import SMTPException

import pytest
from django.core import mail

from disclosure.enums.decisions import Outcome
from disclosure.enums.requests import Delivery, RequestState
from disclosure.models import Decision, DisclosureRequest
from disclosure.operations import answer_files, decisions, deliveries
from disclosure.operations.decisions import Draft
from disclosure.operations.deliveries import Proof
from disclosure.queries import decisions as queries
from portal import clock
from portal.models import AuditEntry, Notice
from portal.workflow import NotAllowed, Refused, TooLate
from tests.disclosure.decisions.conftest import moment, pdf, picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_a_working_day():
    with clock.at(moment("2026-10-12 09:00")):
        yield


@pytest.fixture
def answered(house, ask):
    def make(delivery: Delivery, **more) -> DisclosureRequest:
        house.office.route = None
        house.office.save()
        request = ask(delivery=delivery, **more)
        answer_files.attach(request, [pdf()], by=house.lawyer)
        decisions.finish(request, Draft(Outcome.OPEN), version=1, by=house.lawyer)
        return DisclosureRequest.objects.get(pk=request.pk)

    return make


def kept(request) -> tuple:
    decision, request = Decision.objects.get(), DisclosureRequest.objects.get(pk=request.pk)
    return request.state, decision.delivery, decision.delivered_on, decision.delivery_proof


def test_opening_it_on_line_delivers_it_once(answered):
    request = answered(Delivery.ONLINE)
    with clock.at(moment("2026-10-13 20:15")):
        deliveries.open_online(request)
    with clock.at(moment("2026-10-20 08:00")):
        deliveries.open_online(request)
    assert kept(request) == (
        RequestState.CLOSED, "ONLINE", date(2026, 10, 13), "申请人10月13日 20:15在网上打开",
    )  # fmt: skip
    assert AuditEntry.objects.filter(verb="deliver").count() == 1


def test_by_post_the_office_puts_down_number_day_and_scan(house, answered):
    request = answered(Delivery.POST)
    proof = Proof(Delivery.POST, date(2026, 10, 12), "EMS 1234567890", picture())
    deliveries.deliver(request, proof, by=house.clerk)
    assert kept(request) == (RequestState.CLOSED, "POST", date(2026, 10, 12), "EMS 1234567890")
    assert Decision.objects.get().proof_file.name == "照片.png"
    assert request.news.last().text == "答复书已送达（邮寄），申请办结。"


@pytest.mark.parametrize(("changes", "field"), [
    ({"delivered_on": date(2026, 10, 13)}, "delivered_on"),
    ({"delivered_on": date(2026, 10, 9)}, "delivered_on"),
    ({"proof": " "}, "proof"),
])  # fmt: skip
def test_what_cannot_be_is_refused_at_its_field(house, answered, changes, field):
    request = answered(Delivery.COLLECT)
    given = {
        "delivery": Delivery.COLLECT,
        "delivered_on": date(2026, 10, 12),
        "proof": "签收回执 3",
    } | changes
    with pytest.raises(Refused) as refusal:
        deliveries.deliver(request, Proof(**given), by=house.clerk)
    assert refusal.value.field == field
    assert kept(request)[0] == RequestState.ANSWERED


def test_only_the_disclosure_office_delivers_and_only_what_was_answered(house, ask, answered):
    proof = Proof(Delivery.POST, date(2026, 10, 12), "EMS 1")
    with pytest.raises(TooLate, match="还没有答复"):
        deliveries.deliver(ask(applicant_key="x"), proof, by=house.clerk)
    request = answered(Delivery.POST)
    for who in (house.lawyer, house.signer, house.inspector):
        with pytest.raises(NotAllowed):
            deliveries.deliver(request, proof, by=who)
    deliveries.deliver(request, proof, by=house.clerk)
    with pytest.raises(TooLate):
        deliveries.deliver(request, proof, by=house.clerk)


def test_an_answer_by_mail_goes_out_with_all_files_once(answered):
    request = answered(Delivery.EMAIL)
    assert [deliveries.mail_answers(), deliveries.mail_answers()] == [1, 0]
    letter = mail.outbox[-1]
    assert (letter.to, [name for name, *_ in letter.attachments]) == (
        ["zhang@example.cn"], ["政府信息公开申请答复书城东公开答〔2026〕1号.docx", "名单.pdf"],
    )  # fmt: skip
    assert kept(request) == (RequestState.CLOSED, "EMAIL", date(2026, 10, 12), "电子邮件已发出")


def test_a_mail_that_fails_is_tried_five_times_then_the_office_is_told(house, answered, monkeypatch):
    request = answered(Delivery.EMAIL)

    def fail(message):
        raise SMTPException("no route")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    assert [deliveries.mail_answers() for _ in range(7)] == [0] * 7
    assert Decision.objects.get().mail_attempts == 5
    assert Notice.objects.filter(recipient=house.clerk, title__startswith="答复邮件发送失败").count() == 1
    deliveries.deliver(request, Proof(Delivery.POST, date(2026, 10, 12), "EMS 2"), by=house.clerk)
    assert kept(request)[1] == "POST"


def test_what_was_sent_another_way_meanwhile_is_not_mailed(house, answered):
    request = answered(Delivery.EMAIL)
    deliveries.deliver(request, Proof(Delivery.COLLECT, date(2026, 10, 12), "签收"), by=house.clerk)
    assert (deliveries.mail_answers(), kept(request)[1]) == (0, "COLLECT")


def test_what_nobody_opens_for_long_is_delivered_by_the_office(house, answered):
    request = answered(Delivery.ONLINE)
    with clock.at(moment("2026-10-19 08:00")):
        assert not queries.to_deliver(house.clerk).exists()
    with clock.at(moment("2026-10-19 10:00")):
        assert queries.to_deliver(house.clerk).get().request == request
        deliveries.deliver(request, Proof(Delivery.POST, date(2026, 10, 19), "EMS 3"), by=house.clerk)
        assert not queries.to_deliver(house.clerk).exists()
