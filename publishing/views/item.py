"""The item screen: everything a leader needs to decide about one text, gathered."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django import forms

from columns.queries import holders, stand_ins
from portal import clock, limits, richtext
from portal.enums import Power
from portal.models import AuditEntry, User
from portal.workflow import open_moves
from publishing import rules, todos
from publishing.enums import ArticleState, RevisionState, Severity
from publishing.forms.review import DecisionForm, ScheduleForm
from publishing.models import ReviewStep, Revision
from publishing.views import changes

NAMES_SHOWN = 5


def screen(revision: Revision, user: User, *, note: str = "") -> dict[str, Any]:
    """The context of `desk/review.html`; `note` is an opinion typed earlier."""
    step = rules.current_step(revision)
    moves = {move.verb: move for move in open_moves(revision, user, rules.why_not)}
    looked_at = {"step": step.pk if step else None, "version": revision.version, "note": note}
    return {
        **reading(revision),
        "moves": moves,
        "acts_for": _acts_for(revision, moves, user),
        "is_mine_to_edit": revision.is_editable and rules.may_edit(user, revision.article),
        "issues": _issues(revision),
        "is_live": revision.article.published_revision_id == revision.pk,
        **_against_live(revision),
        **_route(revision, step, may_decide="approve" in moves),
        "returned": _last_return(revision),
        "form": DecisionForm(initial=looked_at),
        "schedule_form": ScheduleForm(initial={"version": revision.version}),
        "earliest": clock.local(clock.now()),
        "following": todos.following(user, revision),
    }


def with_typed(context: dict[str, Any], form: forms.Form) -> dict[str, Any]:
    """The same screen after a refusal: what was typed and why it was refused, at the field."""
    name = "schedule_form" if isinstance(form, ScheduleForm) else "form"
    return context | {name: form, "refusal": next(iter(form.errors.values()), [""])[0]}


def reading(revision: Revision) -> dict[str, Any]:
    """The text as readers will see it: what `public/_article.html` needs."""
    in_text = richtext.picture_ids(revision.body)
    return {
        "revision": revision,
        "article": revision.article,
        "attachments": list(revision.attachments.select_related("file")),
        "shows_cover": revision.cover_id is not None and revision.cover_id not in in_text,
    }


def _acts_for(revision: Revision, moves: Iterable[str], user: User) -> User | None:
    """In whose place the buttons below would be pressed (办法第十条)."""
    deciding = [verb for verb in moves if verb in ("approve", "publish", "withdraw")]
    return rules.acting_for(user, deciding[0], revision) if deciding else None


def _issues(revision: Revision) -> list[tuple[Severity, list[rules.Issue]]]:
    """Findings by severity, the blocking ones first; none once the text is closed."""
    if revision.state in (RevisionState.SUPERSEDED, RevisionState.DISCARDED):
        return []
    found = rules.publish_issues(revision)
    grouped = [(level, [one for one in found if one.severity == level]) for level in Severity]
    return [(level, group) for level, group in grouped if group]


def _against_live(revision: Revision) -> dict[str, Any]:
    article = revision.article
    live = article.published_revision if article.state == ArticleState.LIVE else None
    if live is None or live.pk == revision.pk:
        return {"live": None}
    return {"live": live, "changes": changes.between(live, revision)}


def _route(revision: Revision, step: ReviewStep | None, *, may_decide: bool) -> dict[str, Any]:
    """All rounds, the running clock, and whom it waits for (told to those who do not decide themselves)."""
    steps = revision.steps.select_related("decided_by", "decided_for")
    rounds = [(number, list(group)) for number, group in groupby(steps, key=lambda one: one.round)]
    limit = limits.open_limits_for(step).first() if step else None
    calendar = limits.calendar_for([limit]) if limit else None
    return {
        "rounds": rounds,
        "step": step,
        "limit": limit,
        "urgency": limits.urgency(limit, calendar=calendar) if limit else "",
        "time_left": limits.time_left(limit, calendar=calendar) if limit else "",
        "waits_for": [] if may_decide or step is None else _deciders(revision, step),
    }


def _deciders(revision: Revision, step: ReviewStep) -> list[User]:
    barred = revision.authors | stand_ins(revision.authors)
    people = holders(revision.column, Power(step.power)).exclude(pk__in=barred)
    return list(people[:NAMES_SHOWN])


def _last_return(revision: Revision) -> AuditEntry | None:
    """Who sent the text back and why, while it lies with its writer."""
    if revision.state != RevisionState.RETURNED:
        return None
    entries = AuditEntry.objects.filter(
        object_type=Revision._meta.label_lower, object_id=str(revision.pk), verb__in=("return_", "send_back")
    )
    return entries.select_related("actor", "acting_for").order_by("-id").first()
