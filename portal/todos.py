"""待办: heaps of what waits for a person. Every app registers its own; the desk shows and counts them all at once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.core.paginator import Page, Paginator
from django.db.models import Func, IntegerField, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from portal import clock
from portal.enums import Urgency
from portal.kept import is_keeping, kept, ledger
from portal.models import Notice, User
from portal.once import once
from portal.prepared import Lasting

SHOWN = 10
PAGE_SIZE = 20
KEPT_SECONDS = 60


@dataclass(frozen=True)
class Todo:
    """One thing that waits for somebody: `due_at` None means no clock runs; `time_left` is the words for it."""

    title: str
    url: str
    detail: str = ""
    since: datetime | None = None
    due_at: datetime | None = None
    urgency: Urgency = Urgency.OK
    time_left: str = ""


@dataclass(frozen=True)
class Heap:
    """One kind of waiting things: a person's rows, how they read as todos, whom it is for, where all of them are.

    `counted` are the same rows without what only a list shows; every page of a person counts them.

    It is offered to whoever `is_for` says, and to everybody who has something in it. It is counted only for those whom
    `may_hold` names: nothing in it can be anybody else's. What waits by itself (a draft, a schedule) presses nobody.
    Heaps lie on the desk in the order of `place`.
    """

    key: str
    label: str
    place: int
    rows: Callable[[User], QuerySet]
    todos: Callable[[Iterable[Any]], list[Todo]]
    is_for: Callable[[User], bool]
    page: str = "desk:home"
    is_pressing: bool = True
    counted: Callable[[User], QuerySet] | None = None
    may_hold: Callable[[User], bool] = lambda user: True

    def number_of(self, user: User) -> Coalesce:
        """How many there are, as part of a query."""
        return _count((self.counted or self.rows)(user))

    @property
    def url(self) -> str:
        return f"{reverse(self.page)}?kind={self.key}"


@dataclass(frozen=True)
class Waiting:
    """A todo with the heap it lies in."""

    kind: Heap
    todo: Todo


@dataclass(frozen=True)
class Place:
    """A page of the desk that is always there for those it is for: a link of the rail under the heading `group`."""

    key: str
    label: str
    place: int
    page: str
    is_for: Callable[[User], bool] = lambda user: True
    group: str = "本人事务"

    @property
    def url(self) -> str:
        return reverse(self.page)


_heaps: dict[str, Heap] = {}
_places: dict[str, Place] = {}


def register(*heaps: Heap) -> None:
    """Put heaps on everybody's desk; an app does it in its module `todos`."""
    _heaps.update({heap.key: heap for heap in heaps})


def register_places(*places: Place) -> None:
    """Put pages on the rail of everybody they are for."""
    _places.update({one.key: one for one in places})


def places(user: User) -> dict[str, list[Place]]:
    """By group, each and all in the order of `place`."""
    found: dict[str, list[Place]] = {}
    for one in sorted(_places.values(), key=lambda one: one.place):
        if one.is_for(user):
            found.setdefault(one.group, []).append(one)
    return found


def heaps() -> list[Heap]:
    return sorted(_heaps.values(), key=lambda heap: heap.place)


def heap(key: str) -> Heap | None:
    return _heaps.get(key)


def counts(user: User) -> dict[str, int]:
    """How many things lie in each heap, by its key, and under `unread` the new notices.

    One query for all apps, read once per user instance (that is, per request).
    """
    return once(user, "heap_counts", lambda: _count_all(user))


def offered(user: User) -> list[Heap]:
    """The heaps that this person ever has something in: for the rail."""
    found = counts(user)
    return [heap for heap in heaps() if found[heap.key] or heap.is_for(user)]


def pressing(user: User) -> int:
    """How many things wait for an act of `user`: the number beside 工作台 on every page."""
    found = counts(user)
    return sum(found[heap.key] for heap in heaps() if heap.is_pressing)


def pressing_lately(user: User) -> int:
    """`pressing` as it was within the last minute: readers' pages do not count anew each time. What the person does
    themselves shows at once (`forget_pressing`).
    """
    return cache.get_or_set(_kept(user.pk), lambda: pressing(user), KEPT_SECONDS)


def forget_pressing(person: int) -> None:
    """They did something: count anew the next time."""
    cache.delete(_kept(person))


def _kept(person: int) -> str:
    return f"pressing-{person}"


def first_of_all(user: User) -> list[Waiting]:
    """The first of every heap offered; an empty heap costs no query."""
    found = counts(user)
    filled = [heap for heap in offered(user) if found[heap.key]]
    return [Waiting(heap, todo) for heap in filled for todo in heap.todos(heap.rows(user)[:SHOWN])]


def page_of(user: User, heap: Heap, number: int | str | None) -> Page:
    """One page of a heap, each object a `Waiting`."""
    page = counted_page(heap.rows(user), counts(user)[heap.key], number)
    page.object_list = [Waiting(heap, todo) for todo in heap.todos(page.object_list)]
    return page


def counted_page(rows: QuerySet, count: int, number: int | str | None) -> Page:
    """One page of rows whose number is known: no query is spent on counting them."""
    paginator = Paginator(rows, PAGE_SIZE)
    paginator.count = count
    page = paginator.get_page(number)
    page.object_list = list(page.object_list)
    return page


def _count_all(user: User) -> dict[str, int]:
    """The numbers of this moment. How they are asked for is written anew every ten minutes and after every grant: it
    depends on what the person holds, and takes longer to write than to answer.
    """
    if is_keeping():
        statements = kept("counts", dict[int, tuple[tuple, Lasting]])
        key = (ledger(), f"{clock.now():%d%H%M}"[:-1], user.department_id)
        if user.pk not in statements or statements[user.pk][0] != key:
            statements[user.pk] = key, Lasting(lambda: _all_numbers(user))
        [row] = statements[user.pk][1].rows()
    else:
        row = _all_numbers(user).get()
    nothing = {heap.key: 0 for heap in heaps()}
    return nothing | {name.removeprefix("n_"): number for name, number in row.items()}


def _all_numbers(user: User) -> QuerySet:
    figures = {f"n_{heap.key}": heap.number_of(user) for heap in heaps() if heap.may_hold(user)}
    figures["n_unread"] = _count(Notice.objects.filter(recipient=user, read_at=None))
    return User.objects.filter(pk=user.pk).values(**figures)


def _count(rows: QuerySet) -> Coalesce:
    number = Func("pk", function="COUNT", output_field=IntegerField())
    return Coalesce(Subquery(rows.order_by().annotate(n=number).values("n")), 0)
