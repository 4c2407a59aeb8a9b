"""What readers see. Every list starts from a tree cut down to the visitor's rights (JS-24)."""

from collections.abc import Iterable, Iterator

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from columns.enums import Placement
from columns.models import Column
from columns.tree import ColumnTree
from publishing.models import Article
from publishing.models.articles import ArticleQuerySet

PAGE_SIZE = 20


def visible(columns: ColumnTree) -> QuerySet[Article]:
    """Live articles of all columns of the visitor's tree that are not hidden."""
    return live_in(column for main in listed(columns, None) for column in branch(columns, main))


def column_page(column: Column, columns: ColumnTree, number: int | str | None) -> Page:
    """One page of the column and everything readable and listed below it, newest first."""
    rows = live_in(branch(columns, column)).select_related("department").newest_first()
    return _page(rows, columns, number)


def search_titles(columns: ColumnTree, words: str, number: int | str | None) -> Page:
    """Visible articles whose title holds every one of the space-separated `words`, newest first."""
    rows = visible(columns).select_related("department").newest_first()
    for word in words.split():
        rows = rows.filter(title__icontains=word)
    return _page(rows, columns, number)


def articles_to_read() -> QuerySet[Article]:
    """Articles with everything their own page says about them."""
    return Article.objects.select_related("site", "department", "cover", "published_revision")


def single_page(column: Column) -> Article | None:
    """The text that a 单篇页面 column shows: its newest."""
    return articles_to_read().live().filter(column=column).newest_first().first()


def neighbours(article: Article) -> tuple[Article | None, Article | None]:
    """The newer and the older article of the same column, None at either end; one query."""
    row = Article.objects.live().filter(column=article.column_id)
    here, pk = article.published_at, article.pk
    later = row.filter(published_at__gte=here).filter(Q(published_at__gt=here) | Q(pk__gt=pk))
    earlier = row.filter(published_at__lte=here).filter(Q(published_at__lt=here) | Q(pk__lt=pk))
    newer = later.order_by("published_at", "id").values("pk")[:1]
    older = earlier.newest_first().values("pk")[:1]
    beside: dict[bool, Article] = {}
    for one in Article.objects.filter(Q(pk__in=newer) | Q(pk__in=older)):
        one.site = article.site
        beside[(one.published_at, one.pk) > (here, pk)] = one
    return beside.get(True), beside.get(False)


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
