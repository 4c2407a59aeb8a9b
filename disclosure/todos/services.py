"""What waits in 网上办事: pre-reviews to examine, guides to approve, results to publish; and their places."""

from collections.abc import Iterable

from django.db.models import QuerySet

from columns import rules as column_rules
from disclosure.models import Guide, PreReview, ResultNotice
from disclosure.queries import prereviews as pre_reviews
from disclosure.queries import result_notices as results
from disclosure.queries import services as queries
from disclosure.rules import services as rules
from portal.enums import Power
from portal.limits.listing import timed, with_clock
from portal.models import User
from portal.todos import Heap, Place, Todo, register, register_places


def _pre_reviews(user: User) -> QuerySet[PreReview]:
    return with_clock(pre_reviews.waiting_for(user)).select_related(*pre_reviews.SHOWN_WITH)


def _pre_review_todos(rows: Iterable[PreReview]) -> list[Todo]:
    return [
        Todo(
            str(one.item), one.get_absolute_url(),
            f"{one.site} · {one.code}" + (f" · 第 {one.round} 次提交" if one.round > 1 else ""),
            since=one.submitted_at, **words,
        )
        for one, words in timed(rows)
    ]  # fmt: skip


def _guides(user: User) -> QuerySet[Guide]:
    return (
        queries.to_approve(user).select_related("item__site", "saved_by", "department").order_by("saved_at")
    )


def _guide_todos(rows: Iterable[Guide]) -> list[Todo]:
    return [
        Todo(
            one.name,
            one.get_absolute_url(),
            f"{one.item.site} · {one.department} · 第 {one.number} 版 · {one.saved_by}编写",
            since=one.saved_at,
        )
        for one in rows
    ]


def _results(user: User) -> QuerySet[ResultNotice]:
    return results.to_publish(user).select_related(*results.SHOWN_WITH).order_by("entered_at")


def _result_todos(rows: Iterable[ResultNotice]) -> list[Todo]:
    return [
        Todo(
            f"{one.item}：{one.number}",
            one.get_absolute_url(),
            f"{one.site} · {one.department} {one.entered_by}录入",
            since=one.entered_at,
        )
        for one in rows
    ]


def _answers(user: User) -> bool:
    return bool(column_rules.powers_of(user).sites_with(Power.ANSWER))


def _publishes(user: User) -> bool:
    return bool(column_rules.powers_of(user).sites_with(Power.PUBLISH))


def _never(user: User) -> bool:
    return False


register(
    Heap(
        "pre_reviews", "网上预审待办", 24, _pre_reviews, _pre_review_todos, _never,
        counted=pre_reviews.waiting_for, may_hold=_answers,
    ),
    Heap(
        "guides", "待审办事指南", 25, _guides, _guide_todos, _never, counted=queries.to_approve, may_hold=_publishes
    ),
    Heap(
        "results", "待发布办理结果", 26, _results, _result_todos, _never, counted=results.to_publish,
        may_hold=_publishes,
    ),
)  # fmt: skip
register_places(
    Place(
        "services",
        "办事事项",
        35,
        "desk:services",
        lambda user: bool(rules.sites_seen(user)),
        group="公开与办事",
    ),
    Place("pre_review_board", "网上预审", 36, "desk:pre_reviews", pre_reviews.sees_any, group="公开与办事"),
    Place("results_board", "办理公示", 37, "desk:result_notices", results.sees_any, group="公开与办事"),
)
