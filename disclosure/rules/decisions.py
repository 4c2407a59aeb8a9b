"""Who drafts an answer, who approves it: whoever holds the power its step names, in the answering department where
there is one (石家庄第二十一条).
"""

from columns import queries as column_queries
from columns import rules as column_rules
from columns.enums import StepState
from columns.models import RouteStep
from columns.rules import Visitor
from disclosure.enums.decisions import DECISION_OPEN, DecisionState
from disclosure.enums.requests import Delivery, Party, RequestState
from disclosure.models import Decision, DecisionStep, DisclosureRequest
from disclosure.rules import requests as request_rules
from portal.enums import Power
from portal.models import User


def may_draft(user: Visitor, request: DisclosureRequest) -> bool:
    """Whether `user` writes the answer now: the handling department, while the request is in its hands."""
    return request.state == RequestState.IN_HAND and is_handler(user, request)


def is_handler(user: Visitor, request: DisclosureRequest) -> bool:
    return request_rules.seat(user, Party.HANDLER, request) is not None


def deciders(decision: Decision, power: Power) -> list[User]:
    """Who may take a step, the answering department's own reviewers first (`columns.queries.deciders`)."""
    holding = column_queries.site_holders(decision.site, power).filter(is_active=True)
    return column_queries.deciders(
        holding, power, writers=decision.writers, department=decision.department_id
    )


def why_not_decide(user: User, step: DecisionStep) -> str:
    """Why `user` may not approve or return at this step; "" when they may."""
    decision, power = step.decision, Power(step.power)
    return column_rules.why_not_decide(
        user, step, called="答复", writers=decision.writers, deciders=lambda: deciders(decision, power)
    )


def acting_for(user: User, step: DecisionStep) -> User | None:
    """In whose place `user` decides, under a delegation."""
    return column_rules.acting_for_site(user, step.power, step.decision.site.pk)


def current_step(decision: Decision) -> DecisionStep | None:
    return decision.steps.filter(state=StepState.CURRENT).select_related("decision__request__site").first()


def open_decision(request: DisclosureRequest) -> Decision | None:
    return request.decisions.filter(state__in=DECISION_OPEN).first()


def sent_decision(request: DisclosureRequest) -> Decision | None:
    return request.decisions.filter(state=DecisionState.SENT).first()


def is_open_to_applicant(decision: Decision) -> bool:
    """Looked at on line it is delivered first, by being opened (条例第四十条); sent otherwise it may be read at once."""
    return decision.request.delivery != Delivery.ONLINE or decision.delivered_on is not None


def steps_of_route(request: DisclosureRequest) -> list[RouteStep]:
    """None: the answer goes out without approval."""
    route = request_rules.office_of(request).route
    return list(route.steps.all()) if route else []
