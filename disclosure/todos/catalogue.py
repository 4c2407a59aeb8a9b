"""公开目录 on the desk: what is open and not online within its days, what is not catalogued yet, the places."""

from collections.abc import Iterable

from django.db.models import QuerySet

from disclosure.models import CatalogueEntry
from disclosure.queries import catalogue_clocks as clocks
from disclosure.rules import cataloguing as rules
from portal import limits
from portal.models import User
from portal.todos import Heap, Place, Todo, register, register_places


def _rows(user: User) -> QuerySet[CatalogueEntry]:
    rows = clocks.with_clock(clocks.waiting_for(user)).select_related("site", "category", "issuer")
    return rows.order_by("due_at", "pk")


def _todos(rows: Iterable[CatalogueEntry]) -> list[Todo]:
    """The calendar is read once, and only when a clock runs."""
    found = list(rows)
    running = clocks.timed(found)
    calendar = limits.calendar_for(running.values()) if running else None
    return [
        Todo(
            one.title, one.desk_url, f"{one.site} · {one.category} · {one.index_number}", since=one.registered_at,
            due_at=one.due_at, urgency=limits.urgency(running[one.pk], calendar=calendar),
            time_left=limits.time_left(running[one.pk], calendar=calendar),
        )
        for one in found
    ]  # fmt: skip


def _handles(user: User) -> bool:
    return bool(clocks.handled_sites(user))


def _sees(user: User) -> bool:
    return bool(rules.sites_seen(user))


def _never(user: User) -> bool:
    return False


register(
    Heap(
        "open_entries", "待主动公开", 22, _rows, _todos, _never, counted=clocks.waiting_for, may_hold=_handles
    )
)
register_places(Place("catalogue", "公开目录", 30, "desk:catalogue", _sees, group="公开与办事"))
