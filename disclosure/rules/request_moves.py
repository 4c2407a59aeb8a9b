"""Which buttons a request's page offers to whom: the table's moves, and what is no change of state."""

from disclosure.enums.requests import CorrectionKind, ExtensionState, FeeMode, FeeState, Party, RequestState
from disclosure.models import DisclosureRequest, Extension
from disclosure.rules import requests as rules
from disclosure.workflow.requests import REQUEST
from portal.models import User

REASONS_CLAUSE = "政府信息公开条例第三十五条"
FIRED = ("register", "refer", "ask_correction", "correct", "charge", "pay", "uncharge", "withdraw")
EXTENDED_IN = (RequestState.IN_HAND, RequestState.IN_REVIEW)


def offered(user: User, request: DisclosureRequest, extensions: list[Extension]) -> set[str]:
    """The verbs of `disclosure.acts.requests` that `user` may press on `request` now, those of consultings left out."""
    found = {
        verb for verb in FIRED if request.state in REQUEST[verb].sources and rules.may(user, verb, request)
    }
    found -= _pointless(request)
    if rules.handles(user, request):
        found |= {"link"} if request.is_owed else set()
        found |= {"consult"} if request.state == RequestState.IN_HAND else set()
        found |= {"extend"} if _may_extend(request, extensions) else set()
    if request.state in EXTENDED_IN and rules.seat(user, Party.HEAD, request) and _may_defer(request):
        found |= {"defer"}
    if any(one.state == ExtensionState.PENDING and _decides(user, one, request) for one in extensions):
        found |= {"approve_extension", "refuse_extension"}
    return found


def gave_reasons(request: DisclosureRequest) -> bool:
    """Whether the applicant was asked why there are so many requests, and said why (条例第三十五条)."""
    return request.corrections.filter(kind=CorrectionKind.REASONS, received_on__isnull=False).exists()


def was_deferred(request: DisclosureRequest) -> bool:
    """Whether a later day was fixed already, on whichever clock."""
    return request.limits.filter(extensions__clause=REASONS_CLAUSE).exists()


def _may_defer(request: DisclosureRequest) -> bool:
    return gave_reasons(request) and not was_deferred(request)


def _pointless(request: DisclosureRequest) -> set[str]:
    """What would be refused anyway."""
    charged = request.fees.exclude(state=FeeState.CANCELLED).exists()
    without = rules.office_of(request).fee_mode == FeeMode.NONE
    return {"charge"} if charged or without else set()


def _may_extend(request: DisclosureRequest, extensions: list[Extension]) -> bool:
    return request.state in EXTENDED_IN and all(one.state == ExtensionState.REFUSED for one in extensions)


def _decides(user: User, extension: Extension, request: DisclosureRequest) -> bool:
    seat = rules.seat(user, Party.HEAD, request)
    return seat is not None and extension.asked_by_id not in (user.pk, seat.principal_id)
