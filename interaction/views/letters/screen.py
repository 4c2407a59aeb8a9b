"""A letter's page: everything somebody needs to take the next step, gathered."""

from typing import Any

from django import forms
from django.utils.timezone import localdate

from interaction.acts.letters import ACTS
from interaction.forms.letter_moves import FORMS
from interaction.models import Answer, AnswerStep, Letter
from interaction.operations import answers, clocks, escalations, public_letters
from interaction.queries import letterboxes, letters
from interaction.rules import letter_moves
from interaction.rules import letters as rules
from portal import limits
from portal.masking import masked
from portal.models import AuditEntry, User
from portal.workdays import Calendar

DRAFTING = ("save", "finish")
BY_WRITER = ("write", "rate", "reopen")
BIG = ("receive", "adjudicate", "close", "take_back")
"""What is the next step itself is open on the page; what is done seldom folds up."""


def letter(found: Letter, user: User, typed: tuple[str, forms.Form] | None = None) -> dict[str, Any]:
    """The context of `desk/letters/letter.html`; `typed`: the verb that was refused and its form."""
    limit, draft = letterboxes.clock_of(found), answers.open_answer(found)
    running = limit if limit and limit.met_at is None else None
    verbs = letter_moves.offered(user, found, running, bool(running and limits.is_paused(running)))
    may_look = rules.may_look(user, found)
    return {
        "letter": found, "may_look": may_look, "limit": limit, "receiving": clocks.running(found, clocks.RECEIVE),
        "time_left": limits.time_left(limit) if limit else "", "urgency": limits.urgency(limit) if limit else "",
        "refer_by": _refer_by(found), "path": found.path.select_related("from_department", "to_department", "by"),
        "news": found.news.all(), "files": found.files.select_related("file") if may_look else [],
        "draft": draft if may_look else None, "steps": _steps(draft), "sent": _sent(found, may_look),
        "answer_form": _answer_form(found, draft, typed) if "finish" in verbs else None,
        "is_direct": not (found.letterbox.route and found.letterbox.route.steps.exists()),
        "moves": [_move(verb, found, typed) for verb in ACTS if verb in verbs and verb not in DRAFTING],
        "similar": letters.similar_answered(found) if "finish" in verbs else [],
        "same": letters.similar_open(found) if "merge" in verbs else [],
        "related": found.related.all(), "merged": found.merged.all(), "helpers": found.helpers.all(),
        "instructions": found.instructions.select_related("leader", "asked_by") if may_look else [],
        "escalation": escalations.open_escalation(found),
        "why_not_public": public_letters.why_not(found, user), "entries": _entries(found),
        "refusal": _refusal(typed), "opened": typed[0] if typed else "",
    }  # fmt: skip


def _move(verb: str, found: Letter, typed: tuple[str, forms.Form] | None) -> dict[str, Any]:
    """A button with its form; the one that was refused keeps what was typed."""
    form = typed[1] if typed and typed[0] == verb else FORMS[verb](letter=found, auto_id=f"{verb}-%s")
    return {
        "verb": verb, "label": ACTS[verb].label, "form": form, "is_grave": ACTS[verb].is_grave,
        "is_big": verb in BIG, "is_bare": not form.fields,
    }  # fmt: skip


def _answer_form(found: Letter, draft: Answer | None, typed: tuple[str, forms.Form] | None) -> forms.Form:
    if typed and typed[0] in DRAFTING:
        return typed[1]
    known = (
        {"text": draft.text, "outcome": draft.outcome, "version": draft.version} if draft else {"version": 0}
    )
    return FORMS["finish"](letter=found, auto_id="finish-%s", initial=known)


def _sent(found: Letter, may_look: bool) -> list[Answer]:
    """What was answered; whoever only oversees reads it without names and numbers."""
    rows = list(letterboxes.sent_answers(found.merged_into or found))
    for one in rows:
        one.shown = one.text if may_look else masked(one.text, [found.writer_name])
    return rows


def _steps(draft: Answer | None) -> list[AnswerStep]:
    return list(draft.steps.select_related("decided_by", "decided_for")) if draft else []


def _refer_by(found: Letter) -> Any:
    """Until when it may still be passed on in time."""
    days, last = found.letterbox.refer_days, found.path.exclude(to_department=None).last()
    if not days or last is None or not found.is_owed or found.is_adjudicated:
        return None
    since = localdate(last.at)
    return Calendar.since(since).add(since, days).due


def _entries(found: Letter) -> list[AuditEntry]:
    """Who did what; who only looked is for the audit. What the portal put down for the writer is the writer's."""
    rows = AuditEntry.objects.filter(object_type=found._meta.label_lower, object_id=str(found.pk)).exclude(
        verb="look"
    )
    entries = list(rows.select_related("actor__department", "acting_for").order_by("id"))
    for entry in entries:
        entry.shown = "来信人" if entry.verb in BY_WRITER and not found.writer_id else ""
    return entries


def _refusal(typed: tuple[str, forms.Form] | None) -> str:
    """What the page says on top: the reason itself, or where to look."""
    if typed is None:
        return ""
    return next(iter(typed[1].non_field_errors()), "") or f"“{ACTS[typed[0]].label}”没有完成，请看标红的地方"
