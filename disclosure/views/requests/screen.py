"""A request's page: everything somebody needs to take the next step, gathered."""

from typing import Any

from django import forms

from disclosure.acts.requests import ACTS
from disclosure.enums.requests import ConsultState, CorrectionKind
from disclosure.forms.request_moves import FORMS
from disclosure.models import Consulting, DisclosureRequest
from disclosure.operations import correcting
from disclosure.queries import request_papers
from disclosure.queries import requests as queries
from disclosure.rules import request_moves
from disclosure.rules import requests as rules
from portal import clock, limits, parameters
from portal.models import AuditEntry, User

Typed = tuple[str, forms.Form] | None
BIG = ("register", "approve_extension", "correct", "pay")
"""What is the next step itself is open on the page; what is done seldom folds up."""
OF_CONSULTING = ("deliver", "hear", "call_off")
BY_APPLICANT = ("file", "correct", "withdraw")


def page(found: DisclosureRequest, user: User, typed: Typed = None) -> dict[str, Any]:
    """The context of `desk/requests/request.html`; `typed`: the verb that was refused and its form."""
    may_look, extensions = (
        rules.may_look(user, found),
        list(found.extensions.select_related("asked_by", "decided_by")),
    )
    verbs = request_moves.offered(user, found, extensions)
    kinds = correcting.open_kinds(found)
    verbs -= set() if kinds else {"ask_correction"}
    return {
        "asked": found, "may_look": may_look, "office": rules.office_of(found), **_clock(found),
        "news": found.news.all(), "files": found.files.select_related("file") if may_look else [],
        "corrections": found.corrections.select_related("asked_by"), "extensions": extensions,
        "notice_by": correcting.notice_by(found) if CorrectionKind.UNCLEAR in kinds else None,
        "consultings": _consultings(found, user, typed), "fees": found.fees.select_related("noticed_by"),
        "papers": request_papers.papers(found) if may_look else [],
        "repeats": queries.like_earlier(found) if may_look else [], **_often(found, may_look),
        "moves": [_move(verb, found, typed) for verb in ACTS if verb in verbs], "entries": _entries(found),
        "refusal": _refusal(typed), "opened": typed[0] if typed else "",
    }  # fmt: skip


def _clock(found: DisclosureRequest) -> dict[str, Any]:
    clocks = queries.clocks_of(found)
    running = next((one for one in clocks if one.met_at is None), None)
    calendar = limits.calendar_for([running]) if running else None
    return {
        "clocks": clocks, "limit": running,
        "time_left": limits.time_left(running, calendar=calendar) if running else "",
        "urgency": limits.urgency(running, calendar=calendar) if running else "",
    }  # fmt: skip


def _often(found: DisclosureRequest, may_look: bool) -> dict[str, Any]:
    if not may_look:
        return {"often": None}
    day, most = found.received_on or found.arrived_on, parameters.value("requests_many")
    often = queries.frequency(found.site_id, found.applicant_key, day)
    return {"often": often, "is_often": most is not None and often.month > most}


def _consultings(found: DisclosureRequest, user: User, typed: Typed) -> list[Consulting]:
    """Each with its clock in words, and with its buttons where it is open."""
    rows = list(found.consultings.select_related("asked_by", "file"))
    handles = rules.handles(user, found)
    for one in rows:
        one.limit = one.limits.first()
        one.time_left = limits.time_left(one.limit) if one.limit and one.limit.met_at is None else ""
        verbs = [verb for verb in OF_CONSULTING if verb != "deliver" or not one.asked_on]
        one.moves = (
            [_move(verb, found, typed, one) for verb in verbs]
            if handles and one.state == ConsultState.OPEN else []
        )  # fmt: skip
    return rows


def _move(verb: str, found: DisclosureRequest, typed: Typed, of: Consulting | None = None) -> dict[str, Any]:
    """A button with its form; the one that was refused keeps what was typed."""
    named = f"{verb}-{of.pk}" if of else verb
    mine = bool(typed and typed[0] == verb and (of is None or typed[1].data.get("consulting") == str(of.pk)))
    form = typed[1] if mine else FORMS[verb](
        request=found, auto_id=f"{named}-%s", initial=_initial(verb, of)
    )  # fmt: skip
    return {
        "verb": verb, "label": ACTS[verb].label, "form": form, "is_grave": ACTS[verb].is_grave,
        "is_big": verb in BIG, "is_open": mine, "id": named,
    }  # fmt: skip


def _initial(verb: str, of: Consulting | None) -> dict[str, Any] | None:
    """Today, where it is most often today. None: what the form itself begins with."""
    days = {"deliver": "asked_on", "hear": "answered_on", "pay": "paid_on", "correct": "received_on"}
    known = {days[verb]: clock.today()} if verb in days else {}
    return known | ({"consulting": of.pk} if of else {})


def _entries(found: DisclosureRequest) -> list[AuditEntry]:
    """Who did what; who only looked is for the audit."""
    rows = AuditEntry.objects.filter(object_type=found._meta.label_lower, object_id=str(found.pk)).exclude(
        verb="look"
    )
    entries = list(rows.select_related("actor__department", "acting_for").order_by("id"))
    system = User.objects.system().pk if entries else None
    for entry in entries:
        entry.shown = "申请人" if entry.verb in BY_APPLICANT and entry.actor_id == system else ""
    return entries


def _refusal(typed: Typed) -> str:
    """What the page says on top: the reason itself, or where to look."""
    if typed is None:
        return ""
    return next(iter(typed[1].non_field_errors()), "") or f"“{ACTS[typed[0]].label}”没有完成，请看标红的地方"
