"""办理: a request is registered, passed on, made clear, linked to an earlier one, withdrawn. The applicant is told."""

from datetime import date

from django.db import transaction

from columns.queries.answerers import answering_departments
from disclosure.enums.decisions import Outcome
from disclosure.enums.requests import FeeState, Party, Receipt, RequestState
from disclosure.models import DisclosureRequest
from disclosure.operations import clocks, request_moves
from disclosure.operations.news import tell_applicant
from disclosure.queries import requests as queries
from disclosure.rules import requests as rules
from disclosure.rules.receipt import Dates, contradictions
from portal import audit, clock, limits
from portal.masking import masked
from portal.models import Department, User
from portal.workflow import NotAllowed, Refused

RECEIPT_CLAUSE = "政府信息公开条例第三十一条"


def locked(request: DisclosureRequest) -> DisclosureRequest:
    """As it stands, locked until the transaction ends."""
    return DisclosureRequest.objects.select_for_update(no_key=True).get(pk=request.pk)


@transaction.atomic
def register(
    request: DisclosureRequest,
    received_on: date,
    *,
    by: User,
    how: str = "",
    department: Department | None = None,
) -> DisclosureRequest:
    """登记: 收到申请之日 is established, and the days to answer begin. `how`: how it was confirmed with the applicant."""
    request_moves.require(request, "register", by)
    _require_day(request, received_on, how)
    if department:
        _require_answering(request, department)
    changes = {
        "received_on": received_on, "confirmed_how": how, "registered_at": clock.now(), "registered_by": by,
        "department": department,
    }  # fmt: skip
    note = f"收到申请之日 {received_on:%Y-%m-%d}" + (f"（{how}）" if how else "")
    request = request_moves.by_person(request, "register", actor=by, note=note, changes=changes)
    limit = clocks.start_answering(request, received_on)
    request_moves.settle(request)
    if department:
        request_moves.tell_party(Party.HANDLER, request, "公开申请待办")
    tell_applicant(
        request,
        f"您的申请已登记，收到申请之日为{_words(received_on)}，{limits.due_text(limit)}前答复。",
        RECEIPT_CLAUSE,
    )
    return request


@transaction.atomic
def refer(request: DisclosureRequest, department: Department, *, by: User, note: str) -> DisclosureRequest:
    """转办 to the department that holds the information; the clock runs on."""
    request_moves.require(request, "refer", by)
    _require_answering(request, department)
    if request.department_id == department.pk:
        raise Refused(f"申请已在{department}，请选择别的部门", "department")
    request = request_moves.by_person(
        request, "refer", actor=by, note=f"{department}：{note}" if note.strip() else "",
        changes={"department": department},
    )  # fmt: skip
    request_moves.discard_drafts(request, note="转办", by=by)
    request_moves.settle(request)
    request_moves.tell_party(Party.HANDLER, request, "公开申请待办", note)
    tell_applicant(request, f"您的申请由{department}承办。")
    return request


@transaction.atomic
def link(request: DisclosureRequest, earlier: DisclosureRequest, *, by: User) -> DisclosureRequest:
    """关联重复: the same applicant asked for the same before; what follows from it is the answer's to say."""
    request = locked(request)
    if not rules.handles(by, request):
        raise NotAllowed("只有办理这件申请的人可以关联")
    if earlier.pk >= request.pk or not queries.of_applicant(request).filter(pk=earlier.pk).exists():
        raise Refused("只能关联同一申请人此前的申请", "earlier")
    request.repeats = earlier
    request.save(update_fields=["repeats"])
    audit.record("link", "关联重复", request, actor=by, note=f"与{earlier.code}重复")
    return request


@transaction.atomic
def withdraw(request: DisclosureRequest, *, note: str, by: User | None = None) -> DisclosureRequest:
    """撤回 by the applicant, who has shown number and password."""
    return _withdrawn(request, note, request_moves.by_itself, by or User.objects.system())


@transaction.atomic
def record_withdrawal(request: DisclosureRequest, *, note: str, by: User) -> DisclosureRequest:
    """撤回 that came on paper, put down by the disclosure office."""
    return _withdrawn(request, note, request_moves.by_person, by)


def _require_day(request: DisclosureRequest, received_on: date, how: str) -> None:
    """What the channel's rule allows: the day it came, or a day on which it was confirmed, and how."""
    for _, wrong in contradictions(Dates(request.arrived_on, None, received_on), clock.today()):
        raise Refused(wrong, "received_on")
    rule = rules.office_of(request).channels.get(channel=request.channel)
    if rule.receipt == Receipt.CONFIRMED and not how.strip():
        raise Refused("请写明怎样与申请人确认，如电话、短信", "how")
    if rule.receipt != Receipt.CONFIRMED and received_on != request.arrived_on:
        raise Refused(f"这个渠道以{rule.get_receipt_display()}为收到申请之日", "received_on")


def _withdrawn(request: DisclosureRequest, note: str, move, actor: User) -> DisclosureRequest:
    """Closed; one that was registered counts among the year's as 其他处理."""
    changes = {"closed_at": clock.now()}
    if request.state != RequestState.SUBMITTED:
        changes |= {"outcome": Outcome.OTHER, "answered_on": clock.today()}
    shown = masked(note, [request.name])  # the trail is read by those who may not know who asks
    request = move(request, "withdraw", actor=actor, note=shown, changes=changes)
    clocks.stop(request)
    request.fees.filter(state=FeeState.DUE).update(state=FeeState.CANCELLED)
    request_moves.discard_drafts(request, note="申请人撤回", by=actor)
    request_moves.settle(request)
    request_moves.tell_party(Party.HANDLER, request, "申请人撤回了公开申请")
    tell_applicant(request, "您的申请已撤回，不再办理。")
    return request


def _require_answering(request: DisclosureRequest, department: Department) -> None:
    if department not in answering_departments(request.site):
        raise Refused(f"{department}还没有答复人员，请另选部门，或请网管授权", "department")


def _words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
