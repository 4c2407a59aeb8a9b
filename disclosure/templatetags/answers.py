"""The answer of a request, for the pages that show the request."""

from typing import Any

from django import template

from disclosure.enums.decisions import DecisionState
from disclosure.models import DisclosureRequest
from disclosure.queries.decisions import files_of
from disclosure.rules import decisions as rules
from disclosure.rules.outcomes import RULINGS
from portal.models import User

register = template.Library()


@register.simple_tag
def answer_of(asked: DisclosureRequest) -> dict[str, Any] | None:
    """For the applicant: what was sent, and whether it may be read now."""
    decision = asked.decisions.filter(state=DecisionState.SENT).select_related("letter").first()
    if decision is None:
        return None
    decision.request = asked
    return {
        "decision": decision, "ruling": RULINGS[decision.outcome], "files": files_of(decision),
        "is_open": rules.is_open_to_applicant(decision),
    }  # fmt: skip


@register.simple_tag
def answer_on_desk(asked: DisclosureRequest, user: User) -> dict[str, Any]:
    """For the desk: the answer as it stands, and whether this person writes it now."""
    rows = asked.decisions.exclude(state=DecisionState.DISCARDED)
    decision = rows.select_related("department", "saved_by", "saved_for").first()
    may_draft = rules.may_draft(user, asked)
    return {
        "decision": decision, "ruling": RULINGS.get(decision.outcome) if decision else None,
        "may_draft": may_draft, "has_page": may_draft or decision is not None,
    }  # fmt: skip
