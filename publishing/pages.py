"""Public pages of texts: the home page, columns page by page, single pages, articles, feeds, the sitemap, files.

JS-24: all of them start from the columns that everybody may read; restricted ones never become files.
"""

from collections.abc import Iterable
from functools import partial
from math import ceil
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from columns import rules as column_rules
from columns.models import Column
from columns.queries import tree
from columns.tree import ColumnTree
from portal import pages, uploads
from portal.enums import FileKind
from portal.models import Site, StoredFile
from portal.once import once
from portal.pages import Address, Kind, Source
from publishing import queries, rules
from publishing.models import Article

SITEMAP_IDS = queries.SITEMAP_IDS


def public(site: Site) -> ColumnTree:
    """The site's columns as everybody may see them."""
    return once(site, "public_columns", lambda: column_rules.readable_tree(AnonymousUser(), tree(site)))


def of_article(article: Article) -> set[Address]:
    """Every page that shows a published article or names it: its own, its neighbours', lists, feeds, files."""
    if not settings.PUBLISHES_PAGES:
        return set()
    site = article.site
    at = partial(Address, site.key)
    beside = [one for one in queries.neighbours(article) if one] if article.published_at else []
    path = tree(site).path(tree(site).get(article.column_id) or article.column)
    found = {at(f"a/{one.pk}/") for one in (article, *beside)}
    found |= {at(""), at("feeds/"), at("sitemap.xml"), at(f"sitemap-{article.pk // SITEMAP_IDS}.xml")}
    found |= {at(f"feeds/{step.slug}/") for step in path}
    lists = [f"c/{step.slug}/" for step in path]
    found |= {at(pages.paged(one, number)) for one in lists for number in range(1, pages.EAGER_PAGES + 1)}
    return found | pages.deep(site.key, *lists) | of_files(article) | pages.showing(article)


def of_files(article: Article) -> set[Address]:
    """The files that its published text shows."""
    revision = article.published_revision_id
    if revision is None:
        return set()
    return {Address(pages.ALL_SITES, path) for file in queries.files_of([revision]) for path in _paths(file)}


def _paths(file: StoredFile) -> list[str]:
    own = f"files/{file.pk}/{file.name}"
    if file.kind != FileKind.PICTURE:
        return [own]
    return [own, *(f"files/{file.pk}/-/{size}.jpg" for size in uploads.THUMBNAILS)]


def _columns(site: Site) -> Iterable[str]:
    for column in public(site):
        last = min(_pages_of(site, column), pages.EAGER_PAGES)
        yield from (pages.paged(f"c/{column.slug}/", number) for number in range(1, last + 1))


def _pages_of(site: Site, column: Column) -> int:
    return max(1, ceil(queries.count_in(column, public(site)) / queries.PAGE_SIZE))


def _is_in_list(site: Site, address: Address) -> bool:
    column = public(site).by_slug(address.path.split("/")[1])
    return column is not None and (address.number == 1 or address.number <= _pages_of(site, column))


def _articles(site: Site) -> Iterable[str]:
    """The newest first: they are what is read."""
    rows = queries.live_in(public(site)).newest_first().values_list("pk", flat=True)
    return (f"a/{pk}/" for pk in rows.iterator(chunk_size=2000))


def _sitemaps(site: Site) -> Iterable[str]:
    return ["sitemap.xml", *(f"sitemap-{part}.xml" for part in queries.sitemap_parts(public(site)))]


def _all_files(_: None) -> Iterable[str]:
    live = Article.objects.live().values("published_revision")
    return (path for file in queries.files_of(live).iterator(chunk_size=500) for path in _paths(file))


def _file(address: Address) -> Source | None:
    """The stored file behind an address, if everybody may fetch it."""
    _, pk, *rest = address.path.split("/")
    stored = StoredFile.objects.filter(pk=UUID(pk)).first()
    if stored is None or not rules.may_read_file(AnonymousUser(), stored):
        return None
    size = rest[1].removesuffix(".jpg") if len(rest) == 2 else ""
    return Source(file=uploads.thumbnail_name(stored, size) if size else stored.file.name)


pages.register(Kind("home", "", lambda site: [""], rank=0, turns_daily=True))
pages.register(Kind("article", r"a/\d+/", _articles, rank=1))
pages.register(
    Kind("column", r"c/[\w-]+/", _columns, rank=2, is_paged=True, is_there=_is_in_list, turns_daily=True)
)
pages.register(
    Kind("file", r"files/[0-9a-f-]{36}/(-/)?[^/]+", _all_files, rank=3, source=_file, is_shared=True)
)
pages.register(Kind("site feed", "feeds/", lambda site: ["feeds/"], rank=5))
pages.register(
    Kind("column feed", r"feeds/[\w-]+/", lambda site: [f"feeds/{one.slug}/" for one in public(site)], rank=6)
)
pages.register(Kind("sitemap", r"sitemap(-\d+)?\.xml", _sitemaps, rank=7))
