"""补正 (条例第三十条), and reasons asked of whoever asks very often (第三十五条): each once, with what is missing.

What is unclear stops the clock: it begins anew on the day the correction is received. Reasons stop nothing, for the law
names no such pause.
"""

from collections.abc import Sequence
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localdate

from disclosure.enums.requests import CorrectionKind, Party, RequestState
from disclosure.models import Correction, DisclosureRequest
from disclosure.operations import clocks, request_moves
from disclosure.operations.news import tell_applicant
from disclosure.operations.requests import locked
from disclosure.rules import requests as rules
from portal import clock, limits, uploads
from portal.models import User
from portal.workdays import Calendar
from portal.workflow import Refused, TooLate

CLAUSES = {
    CorrectionKind.UNCLEAR: clocks.CORRECT_CLAUSE,
    CorrectionKind.REASONS: clocks.REASONS_CLAUSE,
}
MATERIAL = "补正材料"


def notice_by(request: DisclosureRequest) -> date | None:
    """Until when an unclear request may be sent back to be corrected; None before it is registered."""
    if request.received_on is None:
        return None
    days = rules.office_of(request).correction_notice_days
    return Calendar.since(request.received_on).add(request.received_on, days).due


def open_kinds(request: DisclosureRequest) -> list[CorrectionKind]:
    """What may still be asked of the applicant: each once, what is unclear within its days."""
    asked, last = set(request.corrections.values_list("kind", flat=True)), notice_by(request)
    is_over = last is None or clock.today() > last
    return [
        kind
        for kind in CorrectionKind
        if kind not in asked and not (kind == CorrectionKind.UNCLEAR and is_over)
    ]


@transaction.atomic
def ask(request: DisclosureRequest, kind: CorrectionKind, asks: str, *, by: User) -> Correction:
    """告知补正, all at once. Raises Refused the second time, or once the days to say so are over."""
    request = locked(request)
    request_moves.require(request, "ask_correction", by)
    if request.corrections.filter(kind=kind).exists():
        raise Refused(f"{CorrectionKind(kind).label}只能告知一次", "kind")
    last = notice_by(request)
    if kind == CorrectionKind.UNCLEAR and last and clock.today() > last:
        raise Refused(f"告知补正的期限是 {last:%Y-%m-%d}，已经过了，请就现有内容答复（条例第三十条）", "kind")
    clause, days = CLAUSES[kind], rules.office_of(request).correction_days
    request = request_moves.by_person(request, "ask_correction", actor=by, note=asks)
    due = _start_waiting(request, kind, days)
    found = request.corrections.create(
        kind=kind, asks=asks, asked_by=by, asked_at=clock.now(), due_on=due
    )  # fmt: skip
    request_moves.settle(request)
    what = "补正" if kind == CorrectionKind.UNCLEAR else "说明申请的理由"
    till = f"{due.year}年{due.month}月{due.day}日"
    text = f"请您在{till}前{what}：{asks}\n无正当理由逾期的，{_CONSEQUENCE[kind]}。"
    tell_applicant(request, text, clause)
    return found


@transaction.atomic
def correct(
    request: DisclosureRequest, answer: str, *, files: Sequence[UploadedFile] = (), by: User | None = None
) -> DisclosureRequest:
    """补正 by the applicant online: received today."""
    return _corrected(request, answer, clock.today(), files, request_moves.by_itself, by)


@transaction.atomic
def record_correction(
    request: DisclosureRequest,
    answer: str,
    received_on: date,
    *,
    files: Sequence[UploadedFile] = (),
    by: User,
) -> DisclosureRequest:
    """补正 that came on paper, put down by the disclosure office with the day it was received."""
    return _corrected(request, answer, received_on, files, request_moves.by_person, by)


def open_correction(request: DisclosureRequest) -> Correction | None:
    """What the applicant is asked and has not answered."""
    return request.corrections.filter(received_on=None, abandoned_at=None).first()


def _start_waiting(request: DisclosureRequest, kind: CorrectionKind, days: int) -> date:
    if kind == CorrectionKind.UNCLEAR:
        limit = clocks.start_waiting(request, clocks.CORRECT, days, clause=clocks.CORRECT_CLAUSE)
        return localdate(limit.due_at)
    today = clock.today()
    return Calendar.since(today).add(today, days).due


def _corrected(request, answer, received_on, files, move, by: User | None) -> DisclosureRequest:
    request = locked(request)
    asked = open_correction(request)
    if request.state != RequestState.CORRECTING or asked is None:
        raise TooLate("这件申请现在没有要补正的内容，可能别人刚刚处理过")
    _require_day(received_on, localdate(asked.asked_at))
    asked.answer, asked.received_on = answer, received_on
    asked.save(update_fields=["answer", "received_on"])
    for upload in files:
        request.files.create(file=uploads.accept(upload, owner=by), what=MATERIAL)
    note = f"收到之日 {received_on:%Y-%m-%d}"
    request = move(request, "correct", actor=by or User.objects.system(), note=note)
    said = "您的补正已收到"
    if asked.kind == CorrectionKind.UNCLEAR:
        limit = clocks.start_answering(request, received_on, clause=clocks.CORRECT_CLAUSE)
        said += f"，答复时限自收到补正之日重新起算，{limits.due_text(limit)}前答复"
    tell_applicant(request, f"{said}。", CLAUSES[CorrectionKind(asked.kind)])
    request_moves.settle(request)
    request_moves.tell_party(Party.HANDLER, request, "申请人已补正")
    return request


def _require_day(received_on: date, asked_on: date) -> None:
    if received_on > clock.today():
        raise Refused("收到补正之日不能晚于今天", "received_on")
    if received_on < asked_on:
        raise Refused("收到补正之日不能早于告知补正之日", "received_on")


_CONSEQUENCE = {
    CorrectionKind.UNCLEAR: "视为放弃申请，不再处理",
    CorrectionKind.REASONS: "不予处理",
}
