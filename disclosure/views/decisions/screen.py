"""The page of an answer: everything its drafter, its office and whoever looks on need, gathered."""

from typing import Any

from django import forms

from columns.enums import StepState
from disclosure.enums.decisions import DecisionState
from disclosure.enums.requests import Party, RequestState
from disclosure.forms.decisions import DeliveryForm, DraftForm
from disclosure.models import Decision, DisclosureRequest
from disclosure.operations import clocks
from disclosure.queries import decisions as queries
from disclosure.rules import answer_letters, covering, outcomes
from disclosure.rules import decisions as rules
from disclosure.rules import requests as request_rules
from portal import clock, limits
from portal.models import User

DRAFTING = ("save", "finish", "attach")
"""The buttons that send what was typed of the answer."""

Typed = tuple[str, forms.Form] | None


def decision_of(found: DisclosureRequest) -> Decision | None:
    """The open one, else the one that was sent."""
    rows = found.decisions.exclude(state=DecisionState.DISCARDED)
    decision = rows.select_related(
        "department", "saved_by", "saved_for", "signed_by", "letter", "proof_file"
    ).first()
    if decision:
        decision.request = found
    return decision


def draft(found: DisclosureRequest, user: User, typed: Typed = None) -> dict[str, Any]:
    decision, may_draft = decision_of(found), rules.may_draft(user, found)
    verb, form = typed or ("", None)
    delivers = found.state == RequestState.ANSWERED and _is_office(user, found)
    return {
        "asked": found, "decision": decision, "here": "decisions_register", **clock_words(found),
        "form": _form(found, decision, form if verb in DRAFTING else None) if may_draft else None,
        "groups": groups(found) if may_draft else [],
        "files": files(decision), "steps": decision.steps.select_related("decided_by", "decided_for") if decision else [],
        "last_return": _last_return(decision), "is_direct": not rules.steps_of_route(found),
        "may_take_back": found.state == RequestState.IN_REVIEW and rules.is_handler(user, found),
        "delivering": (form if verb == "deliver" else _delivery(found)) if delivers else None,
        "ruling": outcomes.RULINGS.get(decision.outcome) if decision else None,
        "proceedings": found.proceedings.all(), "records": _is_office(user, found),
        "refusal": "" if form is None else next(iter(form.non_field_errors()), ""),
        "lost": _lost(form) if verb in DRAFTING and not may_draft else [],
    }  # fmt: skip


def groups(found: DisclosureRequest) -> list[tuple[Any, list[tuple[Any, str]]]]:
    """The outcomes as the third table has them, each with its sentence addressed to whoever asks."""
    return [
        (group, [(one, answer_letters.addressed(one.says, found)) for one in rulings])
        for group, rulings in outcomes.grouped()
    ]


def files(decision: Decision | None) -> list[dict[str, Any]]:
    if decision is None:
        return []
    return [
        {"file": one, "may_cover": covering.is_paged(one) or covering.is_text(one), "count": len(one.covered)}
        for one in queries.files_of(decision)
    ]


def clock_words(found: DisclosureRequest) -> dict[str, Any]:
    limit = clocks.running(found)
    if limit is None:
        return {"limit": None}
    return {"limit": limit, "time_left": limits.time_left(limit), "urgency": limits.urgency(limit)}


def _form(found: DisclosureRequest, decision: Decision | None, typed: forms.Form | None) -> forms.Form:
    if typed is not None:
        return typed
    names = ("outcome", "text", "ground", "place")
    initial = {name: getattr(decision, name) for name in names} if decision else {}
    version = decision.version if decision else 0
    return DraftForm(request=found, initial={**initial, "version": version, "repeats": found.repeats_id})


def _lost(form: forms.Form) -> list[str]:
    """What was typed and can no longer be saved, to be copied."""
    return [text for name in ("text", "ground", "place") if (text := form.data.get(name, "").strip())]


def _delivery(found: DisclosureRequest) -> DeliveryForm:
    return DeliveryForm(initial={"delivery": found.delivery, "delivered_on": clock.today()})


def _is_office(user: User, found: DisclosureRequest) -> bool:
    return request_rules.seat(user, Party.OFFICE, found) is not None


def _last_return(decision: Decision | None) -> Any:
    if decision is None or decision.state != DecisionState.RETURNED:
        return None
    rows = decision.steps.filter(state=StepState.RETURNED).select_related("decided_by", "decided_for")
    return rows.order_by("-round", "-position").first()
