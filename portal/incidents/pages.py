"""Pages that an incident can be about. An app registers its kinds; their own operations take them down.

register(PageKind("article", find, get, take_down))
"""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from portal.models import Site, User


@dataclass(frozen=True)
class Page:
    """A page as it is now. `why_not(user)`: why this person may not take it down, "" when they may."""

    kind: str
    pk: int
    title: str
    url: str
    site: Site
    is_public: bool
    why_not: Callable[[User], str]


@dataclass(frozen=True)
class PageKind:
    """`find(path)` knows a page by the address readers use, `get(pk)` by its number; None when there is none.

    `take_down(pk, by=…, note=…)` makes readers lose it at once, and checks the right to do so.
    """

    key: str
    find: Callable[[str], Page | None]
    get: Callable[[int], Page | None]
    take_down: Callable[..., None]


_kinds: dict[str, PageKind] = {}


def register(*kinds: PageKind) -> None:
    _kinds.update({one.key: one for one in kinds})


def find(address: str) -> Page | None:
    """The page at an address as people copy it, on whichever site; None where no kind knows it."""
    path = urlsplit(address.strip()).path
    if path.startswith("/s/"):
        path = "/" + path[3:].partition("/")[2]
    return next((page for one in _kinds.values() if (page := one.find(path))), None)


def get(kind: str, pk: int | None) -> Page | None:
    return _kinds[kind].get(pk) if kind in _kinds and pk else None


def take_down(page: Page, *, by: User, note: str) -> None:
    _kinds[page.kind].take_down(page.pk, by=by, note=note)
