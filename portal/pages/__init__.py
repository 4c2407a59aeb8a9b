"""Public pages as plain files: which there are, which have to be rendered anew, where they lie."""

from portal.pages import errors
from portal.pages.addresses import ALL_SITES, Address, paged
from portal.pages.kinds import Kind, Source, register, show, showing, turn
from portal.pages.outbox import (
    EAGER_PAGES,
    changed,
    deep,
    dropped,
    lists,
    recorded,
    site_changed,
    site_closed,
)

__all__ = [
    "ALL_SITES",
    "EAGER_PAGES",
    "Address",
    "Kind",
    "Source",
    "changed",
    "deep",
    "dropped",
    "errors",
    "lists",
    "paged",
    "recorded",
    "register",
    "show",
    "showing",
    "site_changed",
    "site_closed",
    "turn",
]
