"""延期答复: once, by at most the days the law gives, approved by 负责人 of the disclosure office (条例第三十三条)."""

from django.db import transaction

from disclosure.enums.requests import ExtensionState, Party, RequestState
from disclosure.models import DisclosureRequest, Extension
from disclosure.operations import clocks, request_moves
from disclosure.operations.news import tell_applicant
from disclosure.operations.requests import locked
from disclosure.rules import requests as rules
from portal import audit, clock, limits
from portal.models import Limit, User
from portal.workflow import NotAllowed, Refused, TooLate

OPEN_IN = (RequestState.IN_HAND, RequestState.IN_REVIEW)


@transaction.atomic
def ask(request: DisclosureRequest, days: int, *, reason: str, by: User) -> Extension:
    """申请延期. Raises Refused the second time, or for more days than there are."""
    request = locked(request)
    if not rules.handles(by, request):
        raise NotAllowed("只有公开工作机构和承办部门可以申请延期")
    require_open(request)
    most = rules.office_of(request).extension_days
    if not 1 <= days <= most:
        raise Refused(f"延长答复为 1 至 {most} 个工作日（条例第三十三条）", "days")
    if not reason.strip():
        raise Refused("请写明延期的理由", "reason")
    if request.extensions.exclude(state=ExtensionState.REFUSED).exists():
        raise Refused("一件申请只能延期一次（条例第三十三条）", "days")
    found = request.extensions.create(working_days=days, reason=reason, asked_by=by, asked_at=clock.now())
    note = f"{days} 个工作日：{reason}"
    audit.record(
        "ask_extension", "申请延期", request, actor=by, note=note, clause=clocks.ANSWER_CLAUSE,
        acting_for=_acting(by, request),
    )  # fmt: skip
    request_moves.tell_party(Party.HEAD, request, "公开申请延期待批准", note)
    return found


@transaction.atomic
def approve(extension: Extension, *, by: User, note: str = "") -> Extension:
    """批准: the clock gets the days, the applicant the reason."""
    extension, seat = _locked(extension, by)
    request = extension.request
    limit = require_open(request)
    limit = limits.extend(
        limit, extension.working_days, clause=clocks.ANSWER_CLAUSE, reason=extension.reason, by=by
    )
    _decide(extension, ExtensionState.APPROVED, note, by, seat)
    tell_applicant(
        request,
        f"经批准，答复延长 {extension.working_days} 个工作日，{limits.due_text(limit)}前答复。理由：{extension.reason}",
        clocks.ANSWER_CLAUSE,
    )
    return extension


@transaction.atomic
def refuse(extension: Extension, *, by: User, note: str) -> Extension:
    """不批准, with the reason."""
    extension, seat = _locked(extension, by)
    if not note.strip():
        raise Refused("请写明不批准的理由", "note")
    return _decide(extension, ExtensionState.REFUSED, note, by, seat)


def _decide(extension: Extension, state: ExtensionState, note: str, by: User, seat) -> Extension:
    extension.state, extension.note = state, note
    extension.decided_by, extension.decided_at = by, clock.now()
    extension.save()
    request, label = extension.request, extension.get_state_display()
    audit.record(
        "decide_extension", f"延期{label}", request, actor=by, note=note, clause=clocks.ANSWER_CLAUSE,
        acting_for=rules.principal(seat),
    )  # fmt: skip
    request_moves.settle(request)
    request_moves.tell_people(request, [extension.asked_by], f"延期{label}", note)
    return extension


def _locked(extension: Extension, by: User):
    """The extension as it stands, and the seat of 负责人 that `by` decides from. Nobody approves what they asked for."""
    request = locked(extension.request)
    seat = rules.seat(by, Party.HEAD, request)
    if seat is None:
        raise NotAllowed(f"延期由公开工作机构“{rules.office_of(request).department}”的负责人批准")
    extension = Extension.objects.select_for_update(of=("self",)).get(pk=extension.pk)
    if extension.state != ExtensionState.PENDING:
        raise TooLate(f"这次延期{extension.get_state_display()}，可能别人刚刚处理过")
    if extension.asked_by_id in (by.pk, seat.principal_id):
        raise NotAllowed("不能批准自己申请的延期")
    return extension, seat


def require_open(request: DisclosureRequest) -> Limit:
    """The running clock of the answer. Raises TooLate where none runs, Refused once it is overdue."""
    limit = clocks.running(request)
    if request.state not in OPEN_IN or limit is None:
        raise TooLate(f"申请现在是“{request.get_state_display()}”，没有正在计算的答复时限")
    if clock.now() > limit.due_at and not limits.is_paused(limit):
        raise Refused("答复时限已逾期，不能再延期")
    return limit


def _acting(by: User, request: DisclosureRequest) -> User | None:
    seats = (rules.seat(by, party, request) for party in (Party.OFFICE, Party.HANDLER, Party.HEAD))
    return rules.principal(next((one for one in seats if one), None))
