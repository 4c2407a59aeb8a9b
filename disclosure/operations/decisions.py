"""答复: drafted by the department, approved along the office's route, sent (签发) with the last approval.

Sending, in this order: the letter is written and stored under its number, the request is answered, its clocks are
met, the applicant is told.
"""

from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from columns.operations import Walk
from disclosure.enums.decisions import DecisionState, Outcome
from disclosure.enums.requests import Delivery, Party, RequestState
from disclosure.models import Decision, DecisionStep, DecisionYear, DisclosureRequest
from disclosure.operations import clocks, request_moves
from disclosure.operations.news import tell_applicant
from disclosure.rules import answer_letters, lacks
from disclosure.rules import decisions as rules
from disclosure.rules import requests as request_rules
from disclosure.rules.outcomes import ruling
from portal import clock, uploads
from portal.documents import word
from portal.models import StoredFile, User
from portal.models.audit import in_place_of
from portal.workflow import NotAllowed, Refused, TooLate, fire

CLAUSE = "政府信息公开条例第三十六条"


@dataclass(frozen=True)
class Draft:
    """What a drafter typed; an empty text takes the outcome's own sentence. `repeats` counts for REPEATED alone."""

    outcome: str = ""
    ground: str = ""
    text: str = ""
    place: str = ""
    repeats: DisclosureRequest | None = None


def address(decision: Decision) -> str:
    return reverse("desk:decision", args=[decision.pk])


WALK = Walk(
    DecisionStep, "decision", "答复", "待审公开答复",
    deciders=rules.deciders, why_not=rules.why_not_decide, acting_for=rules.acting_for,
    address=address, subject=lambda decision: decision.request,
)  # fmt: skip


@transaction.atomic
def save(request: DisclosureRequest, draft: Draft, *, version: int, by: User) -> Decision:
    """Keep a draft. `version` is that of the draft the person looked at, 0 for none; TooLate if another was saved."""
    request = DisclosureRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
    decision = drafting(request, by=by)
    if version != decision.version:
        raise TooLate("这件答复在您打开之后又被别人保存过，请看过现在的内容再改")
    if draft.outcome == Outcome.REPEATED and draft.repeats:
        _link(request, draft.repeats)
    decision.outcome, decision.ground, decision.place = draft.outcome, draft.ground, draft.place
    said = answer_letters.own_words(draft.text, request)
    decision.text = said or answer_letters.proposed(draft.outcome, request)
    return _keep(decision, by)


def drafting(request: DisclosureRequest, *, by: User) -> Decision:
    """The open draft of a locked request, begun where there is none; NotAllowed, TooLate for whoever may not write it.

    A draft that is not saved yet has version 0.
    """
    used = request_rules.seat(by, Party.HANDLER, request)
    if used is None:
        department = request.department or request_rules.office_of(request).department
        raise NotAllowed(f"只有承办部门“{department}”的答复人员可以拟写答复")
    decision = rules.open_decision(request)
    if decision and decision.state == DecisionState.IN_REVIEW:
        raise TooLate("答复正在审核，要修改请先收回")
    if request.state != RequestState.IN_HAND:
        raise TooLate(f"申请现在是“{request.get_state_display()}”，不能改答复")
    if decision is None:
        decision = Decision(request=request, version=0)
    decision.request, decision.department_id = request, used.department_id
    decision.saved_for = request_rules.principal(used)
    return decision


@transaction.atomic
def begin(request: DisclosureRequest, outcome: str, *, ground: str, by: User) -> Decision:
    """A draft the portal proposes, such as that of a request given up: somebody of the department reads and submits
    it (条例第三十条). What is drafted already stays.
    """
    if decision := rules.open_decision(request):
        return decision
    department = request.department_id or request_rules.office_of(request).department_id
    text = answer_letters.proposed(outcome, request)
    decision = Decision(
        request=request, version=0, outcome=outcome, ground=ground, text=text, department_id=department
    )
    return _keep(decision, by)


@uploads.together()
def finish(request: DisclosureRequest, draft: Draft, *, version: int, by: User) -> Decision:
    """提交审核, or 答复 at once where the route has no steps. Raises Refused with what the outcome still lacks."""
    decision = save(request, draft, version=version, by=by)
    _check(decision)
    steps = rules.steps_of_route(decision.request)
    if not steps:
        return _send(decision, by)
    WALK.check(decision, steps)
    moved = request_moves.by_person(decision.request, "submit_decision", actor=by)
    request_moves.settle(moved)
    decision = fire(decision, "submit", actor=by, why_not=_allowed)
    WALK.start(decision, steps)
    return decision


@uploads.together()
def approve(step: DecisionStep, *, by: User, note: str = "") -> Decision:
    """同意: the next step begins, or the answer goes out (签发)."""
    decision = WALK.decide(step, "approve", by=by, note=note)
    return decision if WALK.go_on(step) else _send(decision, by)


@transaction.atomic
def return_(step: DecisionStep, *, by: User, note: str) -> Decision:
    """退回: the reason goes to the drafter, the remaining steps do not take place."""
    who = in_place_of(by, rules.acting_for(by, step))
    decision = WALK.decide(step, "return_", by=by, note=note)
    WALK.cancel(decision)
    request = request_moves.by_itself(decision.request, "return_decision", actor=by)
    request_moves.tell_people(request, [decision.saved_by], "答复退回", f"{who}（{step.label}）：{note}")
    return decision


@transaction.atomic
def take_back(request: DisclosureRequest, *, by: User) -> Decision:
    """收回修改: before it is sent, by the department that answers."""
    request = request_moves.by_person(request, "take_back", actor=by)
    decision = rules.open_decision(request)
    if decision is None:
        raise TooLate("没有正在审核的答复，请刷新后再看")
    WALK.cancel(decision)
    return fire(decision, "recall", actor=by, why_not=_allowed)


def letter_file(decision: Decision, *, number: str, by: User) -> StoredFile:
    content = word(answer_letters.paper(decision, number=number, dated=clock.today()))
    name = f"{answer_letters.TITLE}{number}.docx"
    return uploads.accept(SimpleUploadedFile(name, content), owner=by)


def _send(decision: Decision, by: User) -> Decision:
    request = DisclosureRequest.objects.select_for_update(no_key=True).get(pk=decision.request_id)
    decision.request = request
    _check(decision)
    number = _next_number(request)
    changes = {
        "sent_at": clock.now(), "number": number, "signed_by": by, "delivery": request.delivery,
        "letter": letter_file(decision, number=number, by=by),
    }  # fmt: skip
    decision = fire(decision, "send", actor=by, why_not=_allowed, clause=CLAUSE, changes=changes)
    answered = {"outcome": decision.outcome, "answered_on": clock.today()}
    request = request_moves.by_itself(
        request, "answer", actor=by, note=number, clause=CLAUSE, changes=answered
    )
    clocks.stop(request)
    request_moves.settle(request)
    tell_applicant(request, _told(request, number), ruling(decision.outcome).clause)
    if request.delivery not in (Delivery.ONLINE, Delivery.EMAIL):
        request_moves.tell_party(Party.OFFICE, request, "答复书待送达")
    return decision


def _told(request: DisclosureRequest, number: str) -> str:
    how = {
        Delivery.ONLINE: "请在本页查看、下载答复书和附件。",
        Delivery.EMAIL: "答复书和附件将发送到您的电子邮箱，也可以在本页下载。",
    }.get(Delivery(request.delivery), f"答复书将按您选择的方式（{request.get_delivery_display()}）送达。")
    return f"您的申请已答复（{number}）。{how}"


def _next_number(request: DisclosureRequest) -> str:
    """城东公开答〔2026〕3号; the row of the year is locked meanwhile, so that numbers have no gap."""
    year = clock.today().year
    DecisionYear.objects.get_or_create(site_id=request.site_id, year=year)
    row = DecisionYear.objects.select_for_update().get(site_id=request.site_id, year=year)
    row.last += 1
    row.save()
    return f"{request_rules.office_of(request).answer_mark}〔{year}〕{row.last}号"


def _keep(decision: Decision, by: User) -> Decision:
    decision.version += 1
    decision.saved_by, decision.saved_at = by, clock.now()
    decision.save()
    return decision


def _check(decision: Decision) -> None:
    for field, message in lacks.lacks(decision):
        raise Refused(message, field)


def _link(request: DisclosureRequest, earlier: DisclosureRequest) -> None:
    if earlier.pk == request.pk or earlier.applicant_key != request.applicant_key:
        raise Refused("请选择同一申请人的另一件申请", "repeats")
    if earlier.answered_on is None:
        raise Refused("那件申请还没有答复，不算重复申请", "repeats")
    request.repeats = earlier
    request.save(update_fields=["repeats"])


def _allowed(user: User, verb: str, decision: Decision) -> str:
    return ""
