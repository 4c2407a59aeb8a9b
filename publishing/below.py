"""What other apps show under an article. Each registers its blocks where its views stand; the article page asks all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from columns.models import Column
from publishing.models import Article


@dataclass(frozen=True)
class Block:
    """One block: `context(request, article, column)` is what its template is filled with, None where it has nothing
    to show. That answer may cost no query: everybody who opens an article asks for it.
    """

    key: str
    place: int
    template: str
    context: Callable[[HttpRequest, Article, Column], dict[str, Any] | None]


_blocks: dict[str, Block] = {}


def register(block: Block) -> None:
    _blocks[block.key] = block


def blocks() -> list[Block]:
    return sorted(_blocks.values(), key=lambda block: block.place)
