"""How a request moves: by somebody from their seat, or by the portal or the applicant as part of an act."""

from collections.abc import Iterable
from functools import partial

from django.urls import reverse

from columns.queries.answerers import handlers
from disclosure.enums.decisions import DECISION_OPEN
from disclosure.enums.requests import Party
from disclosure.models import DisclosureRequest
from disclosure.rules import requests as rules
from portal import notices
from portal.enums import NoticeKind
from portal.models import User
from portal.workflow import NotAllowed, fire


def _allowed(user: User, verb: str, request: DisclosureRequest) -> str:
    return ""


by_person = partial(fire, why_not=rules.why_not, acting_for=rules.acting_for)
by_itself = partial(fire, why_not=_allowed)
"""By the portal, or by the applicant, who has shown the number and the password."""


def require(request: DisclosureRequest, verb: str, by: User) -> None:
    """Who may not is told so before anything else about the request. Raises NotAllowed."""
    if reason := rules.why_not(by, verb, request):
        raise NotAllowed(reason)


def desk_address(request: DisclosureRequest) -> str:
    return reverse("desk:request", args=[request.pk])


def tell_party(party: Party, request: DisclosureRequest, title: str, body: str = "") -> None:
    """Everybody who answers for the office or for the department that handles it; of 负责人 the one person."""
    office = rules.office_of(request)
    if party == Party.HEAD:
        people: Iterable[User] = [office.department.head] if office.department.head else []
    else:
        people = handlers(request.site, rules.department_id(party, request))
    tell_people(request, people, title, body)


def tell_people(request: DisclosureRequest, people: Iterable[User], title: str, body: str = "") -> None:
    """待办 that lead to the request; its title names nobody."""
    url = desk_address(request)
    notices.tell(people, f"{title}：{request.title}", kind=NoticeKind.TODO, body=body, url=url)


def discard_drafts(request: DisclosureRequest, *, note: str, by: User) -> None:
    """作废: what was drafted is not answered; it has changed hands, or nobody asks any more."""
    for decision in request.decisions.filter(state__in=DECISION_OPEN):
        by_itself(decision, "discard", actor=by, note=note)


def settle(request: DisclosureRequest) -> None:
    """The request has moved on: what called people to it is done."""
    notices.settle(desk_address(request))
