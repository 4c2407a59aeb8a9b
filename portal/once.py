"""Per-request memory: what was read for an instance that lives as long as the request is kept on it."""

from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


def once(owner: Any, name: str, read: Callable[[], T]) -> T:
    """`read()` the first time it is asked of `owner`, the same again after that; `forget` drops it."""
    name = f"_once_{name}"
    if not hasattr(owner, name):
        setattr(owner, name, read())
    return getattr(owner, name)


def forget(owner: Any, name: str) -> None:
    """Read anew the next time."""
    if hasattr(owner, f"_once_{name}"):
        delattr(owner, f"_once_{name}")
