r"""Which pages there are: every app declares its kinds in `pages.py`, in the order in which readers miss them.

    kinds.register(Kind("article", r"a/\d+/", rank=3, addresses=articles))

and says which pages show a thing, so that whatever is recorded about it in the audit trail refreshes them:

    kinds.show("interaction.comment", pages_of_comment)
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.models import Site
from portal.pages.addresses import Address


@dataclass(frozen=True)
class Source:
    """What a page consists of where no view renders it: a text, or a file that is copied."""

    text: str = ""
    file: str = ""


@dataclass(frozen=True)
class Kind:
    """`pattern` matches whole paths (without page number); `addresses` are those published unasked, `is_there` says
    of a page of a list whether it exists; `source` renders without a view; `rank`: lower is rendered earlier.
    """

    name: str
    pattern: str
    addresses: Callable[[Site], Iterable[str]]
    rank: int = 5
    is_paged: bool = False
    is_there: Callable[[Site, Address], bool] | None = None
    source: Callable[[Address], Source | None] | None = None
    turns_daily: bool = False
    is_shared: bool = False


Turn = Callable[[Site], datetime | None]
Shown = Callable[[Any], Iterable[Address]]
_kinds: list[tuple[re.Pattern, Kind]] = []
_turns: list[Turn] = []
_shown: dict[str, list[Shown]] = {}


def register(kind: Kind) -> None:
    _kinds.append((re.compile(kind.pattern, re.ASCII), kind))


def kind_of(address: Address) -> Kind | None:
    """None for what is no public page: forms, the desk, searches."""
    for pattern, kind in _kinds:
        if kind.is_shared == (not address.site) and pattern.fullmatch(address.bare):
            return kind if kind.is_paged or "?" not in address.path else None
    return None


def all_kinds() -> list[Kind]:
    """The first to be rendered first."""
    return sorted((kind for _, kind in _kinds), key=lambda kind: kind.rank)


def turn(when: Turn) -> None:
    """`when(site)` names the next moment at which pages of lists read differently by themselves (a survey opens)."""
    _turns.append(when)


def next_turn(site: Site) -> datetime | None:
    return min((moment for when in _turns if (moment := when(site))), default=None)


def show(model: str, pages: Shown) -> None:
    """`pages(obj)` names every page that shows an object of `model` ("app.model")."""
    _shown.setdefault(model, []).append(pages)


def showing(obj: Any) -> set[Address]:
    return {address for pages in _shown.get(obj._meta.label_lower, ()) for address in pages(obj)}
