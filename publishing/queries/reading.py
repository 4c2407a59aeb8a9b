"""What readers see. Every list starts from a tree cut down to the visitor's rights (JS-24)."""

from collections.abc import Iterable, Iterator

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, QuerySet

from columns.enums import Placement
from columns.models import Column
from columns.tree import ColumnTree
from portal.prepared import Prepared
from publishing.models import Article, Attachment, Revision
from publishing.models.articles import ArticleQuerySet
from publishing.queries.lines import PAGE_SIZE, Beside, beside, listing


def visible(columns: ColumnTree) -> QuerySet[Article]:
    """Live articles of all columns of the visitor's tree that are not hidden."""
    return live_in(column for main in listed(columns, None) for column in branch(columns, main))


def column_page(column: Column, columns: ColumnTree, number: int | str | None) -> Page:
    """One page of the column and everything readable and listed below it, newest first."""
    return listing(columns, list(branch(columns, column)), number)


def search_titles(columns: ColumnTree, words: str, number: int | str | None) -> Page:
    """Visible articles whose title holds every one of the space-separated `words`, newest first."""
    rows = visible(columns).select_related("department").newest_first()
    for word in words.split():
        rows = rows.filter(title__icontains=word)
    return _page(rows, columns, number)


def articles_to_read() -> QuerySet[Article]:
    """Articles with everything their own page says about them, and whether files are attached (`has_attachments`)."""
    attached = Attachment.objects.filter(revision=OuterRef("published_revision"))
    rows = Article.objects.select_related("department", "cover", "published_revision")
    return rows.annotate(has_attachments=Exists(attached))


def single_page(column: Column) -> Article | None:
    """The text that a 单篇页面 column shows: its newest."""
    found = next(iter(_SINGLE.rows(column.pk)), None)
    if found is not None:
        found.site = column.site
    return found


_SINGLE = Prepared(lambda column: articles_to_read().live().filter(column=column).newest_first()[:1])


def attachments(revision: Revision) -> list[Attachment]:
    return _ATTACHED.rows(revision.pk)


_ATTACHED = Prepared(lambda revision: Attachment.objects.filter(revision=revision).select_related("file"))


def neighbours(article: Article) -> tuple[Beside | None, Beside | None]:
    """The newer and the older article of the same column, None at either end; one query."""
    return beside(article)


def listed(columns: ColumnTree, parent: Column | None) -> list[Column]:
    return [child for child in columns.children(parent) if child.placement != Placement.UNLISTED]


def branch(columns: ColumnTree, top: Column) -> Iterator[Column]:
    """The column, then all below it that is not hidden."""
    yield top
    for child in listed(columns, top):
        yield from branch(columns, child)


def live_in(columns: Iterable[Column]) -> ArticleQuerySet:
    """Live articles of `columns`, all of one site: with it the database can walk the site's list in order."""
    columns = list(columns)
    if not columns:
        return Article.objects.none()
    return Article.objects.live().filter(site=columns[0].site_id, column__in=[one.pk for one in columns])


def _page(rows: QuerySet[Article], columns: ColumnTree, number: int | str | None) -> Page:
    page = Paginator(rows, PAGE_SIZE).get_page(number)
    page.object_list = placed(page.object_list, columns)
    return page


def placed(articles: Iterable[Article], columns: ColumnTree) -> list[Article]:
    """The articles with column and site taken from the tree in hand instead of asked for one by one."""
    articles = list(articles)
    for article in articles:
        article.column = columns.get(article.column_id)
        article.site = article.column.site
    return articles
