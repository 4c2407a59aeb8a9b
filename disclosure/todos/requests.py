"""Requests that wait for somebody: to be registered, to be handled, extensions to be approved."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse

from columns import rules as column_rules
from disclosure.models import DisclosureRequest, Extension
from disclosure.queries import request_board as board
from disclosure.queries import requests as queries
from disclosure.rules.requests import OVERSEE
from portal import limits
from portal.enums import Power, Urgency
from portal.models import User
from portal.todos import Heap, Place, Todo, register, register_places


def _waiting(user: User) -> QuerySet[DisclosureRequest]:
    return limits.with_clock(queries.waiting_for(user)).select_related(*queries.SHOWN_WITH)


def _request_todos(rows: Iterable[DisclosureRequest]) -> list[Todo]:
    return [
        Todo(
            one.title, one.get_absolute_url(),
            f"{one.code} · {one.get_channel_display()} · {one.get_state_display()} · {one.department or '公开工作机构'}",
            since=one.submitted_at, **words,
        )
        for one, words in limits.timed(rows)
    ]  # fmt: skip


def _extensions(user: User) -> QuerySet[Extension]:
    return queries.extensions_for(user).select_related("request", "asked_by").order_by("asked_at")


def _extension_todos(rows: Iterable[Extension]) -> list[Todo]:
    return [
        Todo(
            one.request.title, reverse("desk:request", args=[one.request_id]),
            f"{one.request.code} · {one.asked_by}申请{one}", since=one.asked_at, urgency=Urgency.AMBER,
        )
        for one in rows
    ]  # fmt: skip


def answers_somewhere(user: User) -> bool:
    return bool(column_rules.powers_of(user).sites_with(Power.ANSWER))


def sees_requests(user: User) -> bool:
    """Cheap for everybody without a power; else one query."""
    if not column_rules.powers_of(user).sites_with(Power.ANSWER, *OVERSEE, Power.REVIEW, Power.SIGN):
        return False
    return bool(board.Scope.of(user).offices)


def _never(user: User) -> bool:
    return False


register(
    Heap(
        "requests", "公开申请待办", 15, _waiting, _request_todos, _never, counted=queries.waiting_for,
        may_hold=answers_somewhere,
    ),
    Heap("extensions", "待批准延期", 16, _extensions, _extension_todos, _never, counted=queries.extensions_for),
)  # fmt: skip
register_places(Place("requests_board", "依申请公开", 31, "desk:requests", sees_requests, group="公开与办事"))
