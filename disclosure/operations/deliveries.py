"""送达: by the way the applicant chose, with its day and proof; then the request is closed (条例第四十条)."""

import logging
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.core.mail import EmailMessage
from django.db import transaction

from disclosure.enums.decisions import DecisionState
from disclosure.enums.requests import Delivery, Party, RequestState
from disclosure.models import Decision, DisclosureRequest
from disclosure.operations import request_moves
from disclosure.operations.news import tell_applicant
from disclosure.queries.decisions import MOST_ATTEMPTS
from disclosure.rules import decisions as rules
from disclosure.rules.requests import office_of
from portal import clock, reports, uploads
from portal.models import User
from portal.sweeps import sweep
from portal.uploads import UploadRefused
from portal.workflow import Refused, TooLate

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Proof:
    """How and when it reached the applicant, and what shows it: a postal number, a receipt, its scan."""

    delivery: str
    delivered_on: date
    proof: str
    scan: UploadedFile | None = None


@uploads.together()
def deliver(request: DisclosureRequest, given: Proof, *, by: User) -> DisclosureRequest:
    """办结 by the disclosure office, once the answer has reached the applicant."""
    decision = _sent(request)
    if given.delivered_on > clock.today():
        raise Refused("送达日期不能在今天以后", "delivered_on")
    if given.delivered_on < request.answered_on:
        raise Refused("送达日期不能早于答复日期", "delivered_on")
    if not given.proof.strip():
        raise Refused("请填写送达凭证，如邮件号、签收回执编号", "proof")
    moved = request_moves.by_person(
        request,
        "deliver",
        actor=by,
        note=f"{Delivery(given.delivery).label}送达",
        changes={"closed_at": clock.now()},
    )
    try:
        decision.proof_file = uploads.accept(given.scan, owner=by) if given.scan else None
    except UploadRefused as refusal:
        raise Refused(refusal.message, "scan") from refusal
    _put_down(decision, given.delivery, given.delivered_on, given.proof)
    request_moves.settle(moved)
    tell_applicant(moved, f"答复书已送达（{Delivery(given.delivery).label}），申请办结。")
    return moved


@transaction.atomic
def open_online(request: DisclosureRequest) -> DisclosureRequest:
    """The applicant, who has shown number and password, opens the answer: that is its delivery. Twice is once."""
    request = DisclosureRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
    if request.state != RequestState.ANSWERED or request.delivery != Delivery.ONLINE:
        return request
    return _by_itself(request, Delivery.ONLINE, f"申请人{clock.local(clock.now()):%m月%d日 %H:%M}在网上打开")


@sweep("mail_answers", every=timedelta(minutes=1), label="公开申请答复邮件")
def mail_answers() -> int:
    """Send answers to those who chose e-mail, with all files; a failed one again, at most five times."""
    waiting = Decision.objects.filter(
        state=DecisionState.SENT, delivered_on=None, mailed_at=None, mail_attempts__lt=MOST_ATTEMPTS,
        request__delivery=Delivery.EMAIL, request__state=RequestState.ANSWERED,
    )  # fmt: skip
    found = waiting.select_related("request__site__disclosure_office", "letter").order_by("pk")[:20]
    return sum(_mail(one) for one in found)


def _mail(decision: Decision) -> bool:
    """Claimed before it is sent: two sweeps at once never send the same answer twice."""
    claim = Decision.objects.filter(pk=decision.pk, mailed_at=None)
    if not claim.update(mail_attempts=decision.mail_attempts + 1, mailed_at=clock.now()):
        return False
    try:
        _message(decision).send()
    except (OSError, ValueError) as error:
        log.warning("答复 %s 的邮件未发出：%s", decision.pk, reports.called(error))
        Decision.objects.filter(pk=decision.pk).update(mailed_at=None)
        if decision.mail_attempts + 1 >= MOST_ATTEMPTS:
            request_moves.tell_party(Party.OFFICE, decision.request, "答复邮件发送失败，请另行送达")
        return False
    with transaction.atomic():
        request = DisclosureRequest.objects.select_for_update(no_key=True).get(pk=decision.request_id)
        if request.state == RequestState.ANSWERED:
            _by_itself(request, Delivery.EMAIL, "电子邮件已发出")
    return True


def _message(decision: Decision) -> EmailMessage:
    request, office = decision.request, office_of(decision.request)
    text = (
        f"您的政府信息公开申请（{request.code}）已答复，答复书和附件见本邮件附件。\n\n"
        f"{office.organ}\n{office.address}　{office.phone}"
    )
    message = EmailMessage(
        f"政府信息公开申请答复（{request.code}）", text, settings.DEFAULT_FROM_EMAIL, [request.email]
    )
    files = [(one.given_name, one.file) for one in decision.files.select_related("file")]
    for name, stored in [(decision.letter.name, decision.letter), *files]:
        with default_storage.open(stored.file.name) as content:
            message.attach(name, content.read(), stored.content_type)
    return message


def _by_itself(request: DisclosureRequest, way: Delivery, proof: str) -> DisclosureRequest:
    decision = _sent(request)
    system = User.objects.system()
    changes = {"closed_at": clock.now()}
    request = request_moves.by_itself(request, "deliver", actor=system, note=proof, changes=changes)
    _put_down(decision, way, clock.today(), proof)
    request_moves.settle(request)
    tell_applicant(request, f"答复书已送达（{way.label}），申请办结。")
    return request


def _put_down(decision: Decision, way: str, day: date, proof: str) -> None:
    decision.delivery, decision.delivered_on, decision.delivery_proof = way, day, proof
    decision.skip_history_when_saving = True
    decision.save(update_fields=["delivery", "delivered_on", "delivery_proof", "proof_file"])


def _sent(request: DisclosureRequest) -> Decision:
    decision = rules.sent_decision(request)
    if decision is None:
        raise TooLate("这件申请还没有答复，不能送达")
    return decision
