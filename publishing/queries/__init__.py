"""Named reads of texts, by who asks: readers, the home page, those who handle texts."""

from publishing.queries.handovers import left_behind, waiting_for_nobody
from publishing.queries.home import Block, HomePage, Tile, home_page, is_about
from publishing.queries.reading import (
    articles_to_read,
    attachments,
    column_page,
    neighbours,
    search_titles,
    single_page,
    visible,
)
from publishing.queries.work import drafts, review_queue, scheduled, to_mend, to_publish, workable

__all__ = [
    "Block",
    "HomePage",
    "Tile",
    "articles_to_read",
    "attachments",
    "column_page",
    "drafts",
    "home_page",
    "is_about",
    "left_behind",
    "neighbours",
    "review_queue",
    "scheduled",
    "search_titles",
    "single_page",
    "to_mend",
    "to_publish",
    "visible",
    "waiting_for_nobody",
    "workable",
]
