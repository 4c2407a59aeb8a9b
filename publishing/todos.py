"""What waits for a person among texts, for the desk: heaps, counts, the queue that leaders work through."""

from collections.abc import Callable, Iterable, Sequence

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page
from django.db.models import CharField, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from django.urls import reverse

from columns import rules as column_rules
from columns.enums import StepState
from portal import limits
from portal.clock import local
from portal.enums import Power, Urgency
from portal.models import AuditEntry, Limit, User
from portal.models.audit import in_place_of
from portal.todos import Heap, Todo, Waiting, counted_page, counts, heap, register
from portal.workdays import Calendar
from publishing import queries
from publishing.enums import RevisionState
from publishing.models import ReviewStep, Revision
from publishing.queries.work import DECIDING

QUEUE = ("review", "publish")
LOOKED_AHEAD = 500
SHOWN_WITH = ("column__site", "department", "reported_by", "reported_for", "saved_by", "saved_for")


def queue(user: User) -> QuerySet[Revision]:
    """What `user` may decide: texts to review, then texts to publish, nearest due first.

    Each row carries `due_at` and `computed` of its running limit (None where no clock runs).
    """
    waiting = Q(pk__in=queries.review_queue(user).order_by().values("revision"))
    cleared = Q(pk__in=queries.to_publish(user).order_by().values("pk"))
    rows = Revision.objects.filter(waiting | cleared).select_related(*SHOWN_WITH)
    return _with_clock(rows).order_by("-state", "due_at", "pk")


def _to_review(user: User) -> QuerySet[Revision]:
    return queue(user).filter(state=RevisionState.IN_REVIEW)


def _to_publish(user: User) -> QuerySet[Revision]:
    return queue(user).filter(state=RevisionState.APPROVED)


def _to_mend(user: User) -> QuerySet[Revision]:
    """With the reason it came back for."""
    said = AuditEntry.objects.filter(
        object_type=Revision._meta.label_lower,
        object_id=Cast(OuterRef("pk"), CharField()),
        verb__in=("return_", "send_back"),
    )
    rows = queries.to_mend(user).select_related(*SHOWN_WITH)
    return rows.annotate(reason=Subquery(said.order_by("-id").values("note")[:1]))


def _scheduled(user: User) -> QuerySet[Revision]:
    return queries.scheduled(user).select_related(*SHOWN_WITH)


def _drafts(user: User) -> QuerySet[Revision]:
    return queries.drafts(user).select_related(*SHOWN_WITH)


def _decision(revision: Revision) -> str:
    return reverse("desk:review", args=[revision.pk])


def _editor(revision: Revision) -> str:
    return reverse("admin:publishing_article_change", args=[revision.article_id])


def _to(*powers: Power) -> Callable[[User], bool]:
    """Whoever holds one of `powers` anywhere."""
    return lambda user: column_rules.powers_of(user).anywhere(*powers)


def following(user: User, revision: Revision) -> int | None:
    """Id of the text after `revision` in the queue, round to its start; None when there is no other."""
    ids = list(queue(user).values_list("pk", flat=True)[:LOOKED_AHEAD])
    here = ids.index(revision.pk) if revision.pk in ids else -1
    others = ids[here + 1 :] + ids[: max(here, 0)]
    return others[0] if others else None


def page(user: User, keys: Sequence[str], number: int | str | None) -> Page:
    """One page of the queue or of one of its heaps, each object a `Waiting`; counted without a query of its own."""
    heap_of = {RevisionState.IN_REVIEW: heap("review"), RevisionState.APPROVED: heap("publish")}
    rows = heap(keys[0]).rows(user) if len(keys) == 1 else queue(user)
    found = counted_page(rows, sum(counts(user)[key] for key in keys), number)
    revisions = found.object_list
    found.object_list = [
        Waiting(heap_of[RevisionState(one.state)], todo)
        for one, todo in zip(revisions, todos(revisions), strict=True)
    ]
    return found


def todos(revisions: Iterable[Revision]) -> list[Todo]:
    """Rows for the desk. The calendar is read once, and only when a clock runs."""
    revisions = list(revisions)
    clocks = {one.pk: _clock(one) for one in revisions if getattr(one, "due_at", None)}
    calendar = limits.calendar_for(clocks.values()) if clocks else None
    return [_todo(one, clocks.get(one.pk), calendar) for one in revisions]


def _hand(revision: Revision) -> str:
    """Who reported the text, or saved it last; 李四（代张三） under a delegation."""
    if revision.reported_by:
        return in_place_of(revision.reported_by, revision.reported_for)
    return in_place_of(revision.saved_by, revision.saved_for)


def _todo(revision: Revision, clock: Limit | None, calendar: Calendar | None) -> Todo:
    place = f"{revision.column.site} · {revision.column}"
    who = f"{revision.department or ''} {_hand(revision)}".strip()
    if revision.scheduled_at:
        who = f"{local(revision.scheduled_at):%m-%d %H:%M} 自动发布"
    reason = getattr(revision, "reason", "")
    return Todo(
        title=revision.title or "（未写标题）",
        url=_editor(revision) if revision.state == RevisionState.DRAFT else _decision(revision),
        detail=f"{place} · 退回理由：{reason}" if reason else f"{place} · {who}",
        since=revision.reported_at or revision.saved_at,
        due_at=clock.due_at if clock else None,
        urgency=limits.urgency(clock, calendar=calendar) if clock else Urgency.OK,
        time_left=limits.time_left(clock, calendar=calendar) if clock else "",
    )


def _with_clock(rows: QuerySet[Revision]) -> QuerySet[Revision]:
    step_type = ContentType.objects.get_for_model(ReviewStep)
    running = Limit.objects.filter(subject_type=step_type, subject_id=OuterRef("step_id"), met_at=None)
    running = running.order_by("due_at")
    current = FilteredRelation("steps", condition=Q(steps__state=StepState.CURRENT))
    return rows.annotate(current=current, step_id=F("current__pk")).annotate(
        due_at=Subquery(running.values("due_at")[:1]), computed=Subquery(running.values("computed")[:1])
    )


def _clock(revision: Revision) -> Limit:
    """The running limit as it was read along with the row."""
    return Limit(due_at=revision.due_at, computed=revision.computed)


DECIDE, COLLECT, PUBLISH = (
    _to(Power.REVIEW, Power.SIGN, Power.INSPECT),
    _to(Power.COLLECT),
    _to(Power.PUBLISH),
)
register(
    Heap(
        "review",
        "待审核",
        10,
        _to_review,
        todos,
        DECIDE,
        "desk:reviews",
        counted=queries.review_queue,
        may_hold=_to(*DECIDING),
    ),
    Heap(
        "publish",
        "待发布",
        11,
        _to_publish,
        todos,
        PUBLISH,
        "desk:reviews",
        counted=queries.to_publish,
        may_hold=PUBLISH,
    ),
    Heap("scheduled", "定时待发", 12, _scheduled, todos, PUBLISH, is_pressing=False, may_hold=PUBLISH),
    Heap("mend", "退回待改", 13, _to_mend, todos, COLLECT, counted=queries.to_mend),
    Heap("draft", "我的草稿", 14, _drafts, todos, COLLECT, is_pressing=False),
)
