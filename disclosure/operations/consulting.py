"""征求意见: third parties and co-author organs are asked; the request's clock stands still while one is open.

A third party's silence leaves the decision to the organ (条例第三十二条), a co-author organ's counts as consent
(第三十四条). Their days begin when the letter reached them.
"""

from collections.abc import Sequence
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from disclosure.enums.requests import ConsultState, Party, PartyKind, RequestState
from disclosure.models import Consulting, DisclosureRequest
from disclosure.operations import clocks, request_moves
from disclosure.operations.news import tell_applicant
from disclosure.operations.requests import locked
from disclosure.rules import requests as rules
from portal import audit, clock, limits, uploads
from portal.models import User
from portal.workflow import NotAllowed, Refused, TooLate

CLAUSES = {PartyKind.THIRD_PARTY: clocks.CONSULT_CLAUSE, PartyKind.CO_ORGAN: clocks.CO_ORGAN_CLAUSE}
SILENCE = {
    PartyKind.THIRD_PARTY: "第三方逾期未提出意见，由本机关依条例决定是否公开",
    PartyKind.CO_ORGAN: "共同制作的行政机关逾期未提出意见，视为同意公开",
}


@transaction.atomic
def ask(
    request: DisclosureRequest, kind: PartyKind, *, name: str, contact: str, asks: str, by: User,
    asked_on: date | None = None,
) -> Consulting:  # fmt: skip
    """征求意见. `asked_on`: the day they received it, where it is known already."""
    request = _in_hand(request, by)
    today = clock.today()
    found = request.consultings.create(
        kind=kind, name=name, contact=contact, asks=asks, asked_by=by, sent_on=today
    )
    clause = CLAUSES[kind]
    clocks.hold(request, clause=clause, reason=f"征求{PartyKind(kind).label}意见", by=by)
    audit.record("consult", "征求意见", request, actor=by, note=PartyKind(kind).label, clause=clause)
    tell_applicant(
        request,
        f"所需信息须征求{PartyKind(kind).label}意见，征求意见所需时间不计算在答复时限内。",
        clocks.ANSWER_CLAUSE,
    )
    if asked_on:
        found = _delivered(found, asked_on, by)
    return found


@transaction.atomic
def deliver(consulting: Consulting, asked_on: date, *, by: User) -> Consulting:
    """登记送达: they received the letter; their days begin."""
    return _delivered(_locked(consulting, by), asked_on, by)


@transaction.atomic
def answer(
    consulting: Consulting, state: ConsultState, *, text: str, answered_on: date, by: User,
    files: Sequence[UploadedFile] = (),
) -> Consulting:  # fmt: skip
    """登记意见. When nobody is asked any more the request's clock runs on."""
    consulting = _locked(consulting, by)
    if state not in (ConsultState.AGREED, ConsultState.OBJECTED):
        raise Refused("请选择同意或者不同意公开", "state")
    if state == ConsultState.OBJECTED and not text.strip():
        raise Refused("不同意公开的，请填写理由", "text")
    if answered_on > clock.today():
        raise Refused("答复日期不能晚于今天", "answered_on")
    if answered_on < (consulting.asked_on or consulting.sent_on):
        raise Refused("答复日期不能早于征求意见之日", "answered_on")
    for upload in files[:1]:
        consulting.file = uploads.accept(upload, owner=by)
    consulting.answer, consulting.answered_on = text, answered_on
    return _closed(consulting, state, by, note=ConsultState(state).label)


@transaction.atomic
def call_off(consulting: Consulting, *, note: str, by: User) -> Consulting:
    """不再征求: the letter could not be delivered, or is no longer needed."""
    consulting = _locked(consulting, by)
    if not note.strip():
        raise Refused("请写明不再征求的理由", "note")
    return _closed(consulting, ConsultState.CANCELLED, by, note=note)


@transaction.atomic
def lapse(consulting: Consulting) -> bool:
    """逾期未答复, with what that means in law. Whether it was still open and its days are over."""
    locked(consulting.request)
    consulting = Consulting.objects.select_for_update(of=("self",)).get(pk=consulting.pk)
    limit = limits.open_limits_for(consulting).first()
    if consulting.state != ConsultState.OPEN or limit is None or clock.now() <= limit.due_at:
        return False
    meaning = SILENCE[PartyKind(consulting.kind)]
    _closed(consulting, ConsultState.SILENT, User.objects.system(), note=meaning)
    return True


def _delivered(consulting: Consulting, asked_on: date, by: User) -> Consulting:
    if consulting.asked_on:
        raise TooLate("已经登记过送达")
    if not consulting.sent_on <= asked_on <= clock.today():
        raise Refused("收到之日不能早于发出之日，也不能晚于今天", "asked_on")
    consulting.asked_on = asked_on
    consulting.save(update_fields=["asked_on"])
    limits.start(
        consulting, label=clocks.CONSULT, clause=CLAUSES[PartyKind(consulting.kind)],
        working_days=rules.office_of(consulting.request).consult_days, at=clocks.noon(asked_on),
    )  # fmt: skip
    note = f"{consulting.get_kind_display()}收到征求意见书 {asked_on:%Y-%m-%d}"
    audit.record("consult_delivered", "登记送达", consulting.request, actor=by, note=note)
    return consulting


def _closed(consulting: Consulting, state: ConsultState, by: User, *, note: str) -> Consulting:
    consulting.state = state
    consulting.save()
    clocks.end_consulting(consulting)
    request = consulting.request
    said = f"{consulting.get_kind_display()}：{note}"
    audit.record(
        "consult_closed",
        "征求意见结束",
        request,
        actor=by,
        note=said,
        clause=CLAUSES[PartyKind(consulting.kind)],
    )
    if (limit := clocks.let_run(request, by=by)) and not limits.is_paused(limit):
        when = limits.due_text(limit)
        said = f"征求意见已结束，答复时限恢复计算，{when}前答复。"
        tell_applicant(request, said, clocks.ANSWER_CLAUSE)
        request_moves.tell_party(Party.HANDLER, request, "征求意见已结束")
    return consulting


def _in_hand(request: DisclosureRequest, by: User) -> DisclosureRequest:
    request = locked(request)
    if request.state != RequestState.IN_HAND:
        raise TooLate(f"申请现在是“{request.get_state_display()}”，不能征求意见")
    if not rules.handles(by, request):
        raise NotAllowed("只有公开工作机构和承办部门可以征求意见")
    return request


def _locked(consulting: Consulting, by: User) -> Consulting:
    request = locked(consulting.request)
    if not rules.handles(by, request):
        raise NotAllowed("只有公开工作机构和承办部门可以登记意见")
    consulting = Consulting.objects.select_for_update(of=("self",)).get(pk=consulting.pk)
    if consulting.state != ConsultState.OPEN:
        raise TooLate(f"这次征求意见已经结束：{consulting.get_state_display()}")
    return consulting
