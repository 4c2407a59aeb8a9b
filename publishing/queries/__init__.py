"""Named reads of texts, by who asks: readers, the home page, those who handle texts."""

from publishing.queries.files_and_maps import SITEMAP_IDS, count_in, files_of, sitemap_part, sitemap_parts
from publishing.queries.handovers import left_behind, waiting_for_nobody
from publishing.queries.home import Block, HomePage, Tile, home_page, is_about
from publishing.queries.reading import (
    PAGE_SIZE,
    articles_to_read,
    attachments,
    column_page,
    live_in,
    neighbours,
    search_titles,
    single_page,
    visible,
)
from publishing.queries.work import drafts, review_queue, scheduled, to_mend, to_publish, workable

__all__ = [
    "PAGE_SIZE",
    "SITEMAP_IDS",
    "Block",
    "HomePage",
    "Tile",
    "articles_to_read",
    "attachments",
    "column_page",
    "count_in",
    "drafts",
    "files_of",
    "home_page",
    "is_about",
    "left_behind",
    "live_in",
    "neighbours",
    "review_queue",
    "scheduled",
    "search_titles",
    "single_page",
    "sitemap_part",
    "sitemap_parts",
    "to_mend",
    "to_publish",
    "visible",
    "waiting_for_nobody",
    "workable",
]
