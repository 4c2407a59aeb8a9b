"""What the catalogue says on an article's own page: the table above a document, what explains it below.

The article's page asks in its own query whether there is anything: an article that has nothing costs none more.
"""

from typing import Any

from django.http import HttpRequest

from columns.models import Column
from disclosure.enums.catalogue import OVER
from disclosure.models import CatalogueEntry
from disclosure.queries import entries as queries
from publishing import below
from publishing.models import Article


def _above(request: HttpRequest, article: Article, column: Column) -> dict[str, Any] | None:
    entry = _entry(article) if getattr(article, "entry_pk", None) else None
    explains = queries.interpreted(article) if getattr(article, "explains", False) else []
    if entry is None and not explains:
        return None
    successor, _ = queries.related(entry) if entry and entry.successor_id else (None, [])
    return {
        "entry": entry, "successor": successor, "is_over": entry is not None and entry.validity in OVER,
        "interpreted": explains,
    }  # fmt: skip


def _below(request: HttpRequest, article: Article, column: Column) -> dict[str, Any] | None:
    if not getattr(article, "entry_pk", None):
        return None
    found = queries.readable_interpretations(_entry(article))
    return {"interpretations": found} if found else None


def _entry(article: Article) -> CatalogueEntry:
    """Read once for both blocks."""
    found = getattr(article, "catalogue_entry", None)
    if found is None:
        found = CatalogueEntry.objects.select_related("category", "issuer").get(pk=article.entry_pk)
        found.site, found.article, article.catalogue_entry = article.site, article, found
    return found


ABOVE = below.Block(
    "catalogue", 1, "public/disclosure/_above.html", _above, queries.with_place, is_above=True
)
BELOW = below.Block("interpretations", 5, "public/disclosure/_below.html", _below)
