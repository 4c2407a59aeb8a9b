"""What other apps show above and under an article. Each registers its blocks where its views stand; the page asks all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from columns.models import Column
from publishing.models import Article


@dataclass(frozen=True)
class Block:
    """One block: `context(request, article, column)` is what its template is filled with, None where it has nothing
    to show. That answer may cost no query: everybody who opens an article asks for it. What it must know for that,
    `asks` adds to the query that reads the article.
    """

    key: str
    place: int
    template: str
    context: Callable[[HttpRequest, Article, Column], dict[str, Any] | None]
    asks: Callable[[QuerySet[Article]], QuerySet[Article]] = lambda rows: rows
    is_above: bool = False


_blocks: dict[str, Block] = {}


def register(block: Block) -> None:
    _blocks[block.key] = block


def blocks(*, above: bool = False) -> list[Block]:
    found = [block for block in _blocks.values() if block.is_above == above]
    return sorted(found, key=lambda block: block.place)


def asked(rows: QuerySet[Article]) -> QuerySet[Article]:
    """The articles with what all blocks want to know of them."""
    for block in _blocks.values():
        rows = block.asks(rows)
    return rows
