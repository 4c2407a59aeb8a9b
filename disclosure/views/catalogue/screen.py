"""What the page of one entry shows: facts, clock, history, what explains it, and every button."""

from typing import Any

from django.http import HttpRequest

from disclosure.enums.catalogue import Publicity
from disclosure.forms.entries import ChangeForm
from disclosure.models import CatalogueEntry, Office
from disclosure.queries import entries as queries
from disclosure.rules import cataloguing as rules
from disclosure.views.catalogue.scope import HERE
from portal import clock, limits
from portal.models import AuditEntry
from portal.richtext import one_line
from portal.workflow import open_moves
from publishing.enums import ArticleState


def entry_screen(request: HttpRequest, entry: CatalogueEntry, office: Office, **typed: Any) -> dict[str, Any]:
    """`typed`: the form that came back under its verb, and the refusal."""
    limit = limits.open_limits_for(entry).first()
    may_edit = not rules.why_not_edit(request.user, office, entry)
    words = one_line(request.GET.get("seek", ""))[:60]
    needs_text = entry.publicity == Publicity.OPEN and entry.article is None
    return {
        "entry": entry, "office": office, "here": HERE, "limit": limit, "may_edit": may_edit,
        "may_see_closed": rules.sees_closed(request.user, office),
        "time_left": limits.time_left(limit) if limit else "", "urgency": limits.urgency(limit) if limit else "",
        "due": limits.due_text(limit) if limit else "", "needs_text": needs_text and may_edit,
        "is_online": entry.article is not None and entry.article.state == ArticleState.LIVE,
        "changes": entry.changes.select_related("successor", "by"),
        "predecessors": entry.predecessors.select_related("site"),
        "interpretations": queries.interpretations(entry), "seek": words, "seek_for": request.GET.get("for", ""),
        "candidates": _candidates(request, entry, words, may_edit, needs_text),
        "moves": _moves(request, entry, typed), "entries": _trail(entry), **typed,
    }  # fmt: skip


def _moves(
    request: HttpRequest, entry: CatalogueEntry, typed: dict[str, Any]
) -> list[tuple[Any, ChangeForm]]:
    moves = open_moves(entry, request.user, rules.why_not)
    fresh = {"on": clock.today()}
    return [
        (
            move,
            typed["change_form"]
            if typed.get("verb") == move.verb
            else ChangeForm(entry=entry, verb=move.verb, initial=fresh, auto_id=f"{move.verb}-%s"),
        )
        for move in moves
    ]


def _candidates(
    request: HttpRequest, entry: CatalogueEntry, words: str, may_edit: bool, needs_text: bool
) -> list:
    if not (words and may_edit):
        return []
    if request.GET.get("for") == "text":
        return queries.texts_for(entry, words) if needs_text else []
    return queries.candidates(entry, words)


def _trail(entry: CatalogueEntry) -> list[AuditEntry]:
    rows = AuditEntry.objects.filter(object_type=entry._meta.label_lower, object_id=str(entry.pk))
    return list(rows.select_related("actor__department", "acting_for").order_by("-pk")[:30])
