"""What a column's kind makes of its page (附件一): every kind is registered with the view that shows it.

An app that knows a kind registers it where its view stands; a column of a kind that nobody shows is a list.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from columns.enums import ColumnKind

Show = Callable[[HttpRequest, dict[str, Any]], HttpResponse]
"""`show(request, place)` answers with the page; `place` holds the visitor's `columns`, the `column` itself, the
`path` down to it and the `rail` of its main column."""

_pages: dict[str, Show] = {}


def register(kind: ColumnKind, show: Show) -> None:
    _pages[kind] = show


def page_of(kind: str) -> Show:
    return _pages.get(kind) or _pages[ColumnKind.ARTICLES]
