"""Answers that wait for somebody: to be approved, to be delivered."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse

from columns import rules as column_rules
from disclosure.models import Decision, DecisionStep
from disclosure.queries import decisions as queries
from disclosure.todos.requests import answers_somewhere, sees_requests
from portal import limits
from portal.models import User
from portal.todos import Heap, Place, Todo, register, register_places


def _step_todos(rows: Iterable[DecisionStep]) -> list[Todo]:
    return [
        Todo(
            one.decision.request.title, reverse("desk:decision", args=[one.decision_id]),
            f"{one.decision.request.code} · {one.label} · {one.decision.department} {one.decision.saved_by} 拟稿",
            since=one.decision.saved_at, **words,
        )
        for one, words in limits.timed(rows)
    ]  # fmt: skip


def _deliveries(user: User) -> QuerySet[Decision]:
    return queries.to_deliver(user).select_related("request", "department").order_by("sent_at")


def _delivery_todos(rows: Iterable[Decision]) -> list[Todo]:
    return [
        Todo(
            one.request.title, reverse("desk:decision_draft", args=[one.request_id]),
            f"{one.request.code} · {one.number} · {one.request.get_delivery_display()}", since=one.sent_at,
        )
        for one in rows
    ]  # fmt: skip


def _approves(user: User) -> bool:
    return bool(column_rules.powers_of(user).sites_with(*queries.DECIDING))


def _never(user: User) -> bool:
    return False


register(
    Heap(
        "decisions", "待审答复（公开）", 16, queries.with_clock, _step_todos, _never, counted=queries.to_decide,
        may_hold=_approves,
    ),
    Heap(
        "deliveries", "公开答复待送达", 17, _deliveries, _delivery_todos, _never, counted=queries.to_deliver,
        may_hold=answers_somewhere,
    ),
)  # fmt: skip
register_places(
    Place("decisions_register", "公开答复登记", 32, "desk:decisions", sees_requests, group="公开与办事")
)
