"""One entry with what belongs to it, for its pages; and what an article is to the catalogue."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from disclosure.models import CatalogueEntry, DisclosurePage, Interpretation, LeftOut, Office
from disclosure.queries.catalogue import PAGE_SIZE, listed
from disclosure.queries.categories import CategoryTree
from disclosure.rules.entries import closed_columns
from portal.models import Site
from publishing.enums import ArticleState
from publishing.models import Article
from publishing.models.articles import ArticleQuerySet

WITH_ALL = (
    "site__disclosure_office__department",
    "category",
    "issuer",
    "article",
    "successor",
    "registered_by",
)
RECENT = 20


@dataclass(frozen=True)
class Pending:
    """One page of articles; `before` leads to the next one, None at the end."""

    rows: list[Article]
    before: int | None
    is_first: bool


def entries_to_read() -> QuerySet[CatalogueEntry]:
    return CatalogueEntry.objects.select_related(*WITH_ALL)


def with_place(rows: QuerySet[Article]) -> QuerySet[Article]:
    """Each article with `entry_pk`, the entry it is the text of, and `explains`, whether it interprets one: what its
    page asks for in the query that it makes anyway.
    """
    return rows.annotate(
        entry_pk=Subquery(CatalogueEntry.objects.filter(article=OuterRef("pk")).values("pk")[:1]),
        explains=Exists(Interpretation.objects.filter(article=OuterRef("pk"))),
    )


def readable_interpretations(entry: CatalogueEntry) -> list[Article]:
    """Articles that explain it and that everybody may read, in the order they were linked."""
    rows = (
        Article.objects.live().filter(interprets__entry=entry).exclude(column__in=closed_columns(entry.site))
    )
    return placed(rows.order_by("interprets__pk"), entry.site)


def interpretations(entry: CatalogueEntry) -> list[Interpretation]:
    found = list(entry.interpretations.select_related("article", "added_by"))
    placed((one.article for one in found), entry.site)
    return found


def interpreted(article: Article) -> list[CatalogueEntry]:
    """The listed entries that the article explains."""
    rows = listed(article.site).filter(interpretations__article=article).select_related("article", "category")
    return at_site(rows, article.site)


def related(entry: CatalogueEntry) -> tuple[CatalogueEntry | None, list[CatalogueEntry]]:
    """What came in its place, and what it came in the place of, as the public may know them: one query."""
    wanted = listed(entry.site).filter(pk=entry.successor_id) | listed(entry.site).filter(successor=entry.pk)
    rows = at_site(wanted.select_related("article", "category").order_by("pk"), entry.site)
    after = next((one for one in rows if one.pk == entry.successor_id), None)
    return after, [one for one in rows if one.successor_id == entry.pk]


def uncatalogued(office: Office, tree: CategoryTree) -> ArticleQuerySet:
    """待编目: live articles of the columns that categories stand for, not in the catalogue yet, newest first.

    Interpretations, 公开专页 and what was left out are no documents of their own.
    """
    columns = {one.column_id for one in tree.all if one.column_id and one.is_active}
    rows = Article.objects.live().filter(
        site=office.site_id, column__in=columns - closed_columns(office.site)
    )
    for other in (CatalogueEntry, Interpretation, DisclosurePage, LeftOut):
        rows = rows.exclude(Exists(other.objects.filter(article=OuterRef("pk"))))
    return rows.select_related("column", "department").newest_first()


def uncatalogued_page(office: Office, tree: CategoryTree, before: int | None) -> Pending:
    """One page of 待编目, those after the article `before` in its order; nothing is counted."""
    rows = uncatalogued(office, tree)
    known = Article.objects.filter(pk=before, site=office.site_id).exclude(published_at=None)
    if before and (at := known.values_list("published_at").first()):
        earlier = Q(published_at__lt=at[0]) | Q(published_at=at[0], pk__lt=before)
        rows = rows.filter(earlier, published_at__lte=at[0])
    found = list(rows[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    return Pending(shown, shown[-1].pk if len(found) > PAGE_SIZE else None, before is None)


def left_out(office: Office) -> QuerySet[LeftOut]:
    """不需编目 of the office's site, the last one first."""
    rows = LeftOut.objects.filter(article__site=office.site_id)
    return rows.select_related("article__column", "article__site", "by")


def candidates(entry: CatalogueEntry, words: str) -> list[Article]:
    """Live articles of the site whose title holds the words: to be chosen as an interpretation."""
    rows = Article.objects.live().filter(site=entry.site_id).exclude(pk=entry.article_id)
    return _seek(rows.exclude(interprets__entry=entry), words)


def texts_for(entry: CatalogueEntry, words: str) -> list[Article]:
    """Articles that may become the text of an entry without one."""
    rows = Article.objects.filter(site=entry.site_id, entry=None).exclude(state=ArticleState.WITHDRAWN)
    return _seek(rows.exclude(column__in=closed_columns(entry.site)), words)


def page_candidates(site: Site, words: str) -> list[Article]:
    """Live articles that may become 公开专页."""
    return _seek(Article.objects.live().filter(site=site, disclosure_page=None), words)


def pages(site: Site) -> list[DisclosurePage]:
    """Live 公开专页 that everybody may read, the newest of each kind first."""
    rows = DisclosurePage.objects.filter(site=site, article__state=ArticleState.LIVE)
    found = list(
        rows.exclude(article__column__in=closed_columns(site))
        .select_related("article")
        .order_by("kind", "-pk")
    )
    placed((one.article for one in found), site)
    return found


def of_kind(pages: Iterable[DisclosurePage], kind: str) -> list[DisclosurePage]:
    return [one for one in pages if one.kind == kind]


def at_site(rows: Iterable[CatalogueEntry], site: Site) -> list[CatalogueEntry]:
    """The rows with the site in hand, so that their addresses cost no query."""
    found = list(rows)
    for one in found:
        one.site = site
        if one.article:
            one.article.site = site
    return found


def placed(articles: Iterable[Article], site: Site) -> list[Article]:
    found = list(articles)
    for one in found:
        one.site = site
    return found


def _seek(rows: QuerySet[Article], words: str) -> list[Article]:
    for word in words.split():
        rows = rows.filter(title__icontains=word)
    return list(rows.select_related("column").order_by("-pk")[:RECENT])
