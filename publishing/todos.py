"""What waits for a person among texts, for the desk: heaps, counts, the queue that leaders work through."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page, Paginator
from django.db.models import (
    CharField,
    F,
    FilteredRelation,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse

from columns import rules as column_rules
from portal import limits
from portal.clock import local
from portal.enums import Power, Urgency
from portal.models import AuditEntry, Limit, Notice, User
from portal.once import once
from portal.todos import Todo, TodoKind
from portal.workdays import Calendar
from publishing import queries
from publishing.enums import RevisionState, StepState
from publishing.models import ReviewStep, Revision

SHOWN = 10
PAGE_SIZE = 20
QUEUE = ("review", "publish")
LOOKED_AHEAD = 500
SHOWN_WITH = ("column__site", "department", "reported_by", "saved_by")


@dataclass(frozen=True)
class Heap:
    """One kind of waiting texts: their state, whose they are, where one is opened, where all of them are.

    It is offered to whoever holds one of `powers`. What waits by itself (a draft, a schedule) presses nobody.
    """

    key: str
    label: str
    state: RevisionState
    rows: Callable[[User], QuerySet[Revision]]
    address: Callable[[Revision], str]
    powers: tuple[Power, ...]
    page: str = "desk:home"
    is_pressing: bool = True

    @property
    def url(self) -> str:
        return f"{reverse(self.page)}?kind={self.key}"


@dataclass(frozen=True)
class Waiting:
    """A todo with the heap it lies in."""

    kind: Heap
    todo: Todo


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


DECIDERS, PUBLISHERS, COLLECTORS = (
    (Power.REVIEW, Power.SIGN, Power.INSPECT),
    (Power.PUBLISH,),
    (Power.COLLECT,),
)
HEAPS = {
    heap.key: heap
    for heap in (
        Heap("review", "待审核", RevisionState.IN_REVIEW, _to_review, _decision, DECIDERS, "desk:reviews"),
        Heap("publish", "待发布", RevisionState.APPROVED, _to_publish, _decision, PUBLISHERS, "desk:reviews"),
        Heap(
            "scheduled",
            "定时待发",
            RevisionState.SCHEDULED,
            _scheduled,
            _decision,
            PUBLISHERS,
            is_pressing=False,
        ),
        Heap("mend", "退回待改", RevisionState.RETURNED, _to_mend, _decision, COLLECTORS),
        Heap("draft", "我的草稿", RevisionState.DRAFT, _drafts, _editor, COLLECTORS, is_pressing=False),
    )
}
HEAP_OF = {heap.state: heap for heap in HEAPS.values()}


def counts(user: User) -> dict[str, int]:
    """How many texts lie in each heap, by its key, and under `unread` the new notices.

    One query, read once per user instance (that is, per request).
    """
    return once(user, "heap_counts", lambda: _count_all(user))


def _count_all(user: User) -> dict[str, int]:
    figures = {f"n_{key}": _count(heap.rows(user)) for key, heap in HEAPS.items()}
    figures["n_unread"] = _count(Notice.objects.filter(recipient=user, read_at=None))
    row = User.objects.filter(pk=user.pk).values(**figures).get()
    return {name.removeprefix("n_"): number for name, number in row.items()}


def offered(user: User) -> list[Heap]:
    """The heaps that this person ever has something in: for the rail."""
    powers, found = column_rules.powers_of(user), counts(user)
    return [heap for heap in HEAPS.values() if found[heap.key] or powers.anywhere(*heap.powers)]


def pressing(user: User) -> int:
    """How many texts wait for an act of `user`: the number beside 工作台 on every page."""
    found = counts(user)
    return sum(found[key] for key, heap in HEAPS.items() if heap.is_pressing)


def following(user: User, revision: Revision) -> int | None:
    """Id of the text after `revision` in the queue, round to its start; None when there is no other."""
    ids = list(queue(user).values_list("pk", flat=True)[:LOOKED_AHEAD])
    here = ids.index(revision.pk) if revision.pk in ids else -1
    others = ids[here + 1 :] + ids[: max(here, 0)]
    return others[0] if others else None


def kinds(user: User) -> list[TodoKind]:
    """Every heap offered, with its first texts; an empty heap costs no query."""
    found = counts(user)
    return [
        TodoKind(
            heap.key, heap.label, found[heap.key],
            todos(heap.rows(user)[:SHOWN]) if found[heap.key] else [], heap.url,
        )
        for heap in offered(user)
    ]  # fmt: skip


def page(user: User, keys: Sequence[str], number: int | str | None) -> Page:
    """One page of the heaps named, each object a `Waiting`; counted without a query of its own."""
    rows = HEAPS[keys[0]].rows(user) if len(keys) == 1 else queue(user)
    paginator = Paginator(rows, PAGE_SIZE)
    paginator.count = sum(counts(user)[key] for key in keys)
    found = paginator.get_page(number)
    revisions = list(found.object_list)
    found.object_list = [
        Waiting(HEAP_OF[RevisionState(one.state)], todo)
        for one, todo in zip(revisions, todos(revisions), strict=True)
    ]
    return found


def todos(revisions: Iterable[Revision]) -> list[Todo]:
    """Rows for the desk. The calendar is read once, and only when a clock runs."""
    revisions = list(revisions)
    clocks = {one.pk: _clock(one) for one in revisions if getattr(one, "due_at", None)}
    calendar = limits.calendar_for(clocks.values()) if clocks else None
    return [_todo(one, clocks.get(one.pk), calendar) for one in revisions]


def _todo(revision: Revision, clock: Limit | None, calendar: Calendar | None) -> Todo:
    place = f"{revision.column.site} · {revision.column}"
    who = f"{revision.department or ''} {revision.reported_by or revision.saved_by}".strip()
    if revision.scheduled_at:
        who = f"{local(revision.scheduled_at):%m-%d %H:%M} 自动发布"
    reason = getattr(revision, "reason", "")
    return Todo(
        title=revision.title or "（未写标题）",
        url=HEAP_OF[RevisionState(revision.state)].address(revision),
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


def _count(rows: QuerySet[Revision]) -> Coalesce:
    number = Func("pk", function="COUNT", output_field=IntegerField())
    return Coalesce(Subquery(rows.order_by().annotate(n=number).values("n")), 0)
