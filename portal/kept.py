"""What rarely changes and is asked on every page, kept in the memory of each process: sites, columns, departments, what
the frame of a page shows (ADR 0018).

A request that only looks asks for one row, the token of what is kept (`portal.middleware.CurrentSite`). Any change of a
watched table gives another token, by whatever hand it comes (`portal.triggers`), so that the next request of every
process reads anew. What is kept is shared by threads and requests: nobody changes it. Requests that change something,
sweeps and commands keep nothing here.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.conf import settings

T = TypeVar("T")

MOST = 20_000


class Shelf:
    """Everything read under one token."""

    def __init__(self, token: str):
        self.token = token
        self.things: dict[Hashable, Any] = {}


_current: ContextVar[Shelf | None] = ContextVar("shelf", default=None)
_ledger: ContextVar[str] = ContextVar("ledger", default="")
_last: list[Shelf] = []


def token() -> str:
    """Under which the current request reads; "" where nothing is kept."""
    shelf = _current.get()
    return shelf.token if shelf else ""


def ledger() -> str:
    """Changes whenever anybody is given or loses a power, moves or leaves."""
    return _ledger.get()


def kept(name: Hashable, read: Callable[[], T]) -> T:
    """`read()` the first time it is asked for under this token, the same again after that."""
    shelf = _current.get()
    if shelf is None:
        return read()
    if name not in shelf.things:
        if len(shelf.things) >= MOST:
            shelf.things.clear()
        shelf.things[name] = read()
    return shelf.things[name]


def is_keeping() -> bool:
    return _current.get() is not None


@contextmanager
def under(token: str, ledger: str = "") -> Iterator[None]:
    """Keep what is read inside under `token`; "" keeps nothing. `ledger`: the token of who holds which power."""
    mark = _current.set(_shelf(token) if token else None)
    mark_of_ledger = _ledger.set(ledger)
    try:
        yield
    finally:
        _current.reset(mark)
        _ledger.reset(mark_of_ledger)


def _shelf(token: str) -> Shelf:
    if not settings.KEEPS_BETWEEN_REQUESTS:
        return Shelf(token)
    if not _last or _last[0].token != token:
        _last[:] = [Shelf(token)]
    return _last[0]
