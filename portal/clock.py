"""The product's one clock: sweeps and the sample story may be played as at another moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """The aware present moment, or the one set by `at()`."""
    return _moment.get() or timezone.now()


def is_played() -> bool:
    """Whether `now()` is a moment that was set by `at()`."""
    return _moment.get() is not None


def today() -> date:
    """The date of `now()` in Asia/Shanghai."""
    return timezone.localtime(now()).date()


@contextmanager
def at(moment: datetime | None) -> Iterator[None]:
    """Let everything inside happen as at `moment` (aware); None changes nothing."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)


def local(moment: datetime) -> datetime:
    """`moment` in Asia/Shanghai, for people to read."""
    return timezone.localtime(moment)
