"""Atom feeds of a site and of a column, cut down to what the asker may read like every other list (JS-24)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.utils.feedgenerator import Atom1Feed

from publishing import queries
from publishing.models import Article
from publishing.views.public import readable

NEWEST = 20
NOTHING_YET = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Source:
    """What one feed tells of: its title, its page, its newest articles."""

    title: str
    link: str
    articles: list[Article]


class Steady(Atom1Feed):
    """An empty feed says the same whenever it is asked, so that its published file stays true."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else NOTHING_YET


class _Newest(Feed):
    feed_type = Steady

    def title(self, source: Source) -> str:
        return source.title

    def link(self, source: Source) -> str:
        return source.link

    def items(self, source: Source) -> Iterable[Article]:
        return source.articles

    def item_title(self, article: Article) -> str:
        return article.title

    def item_description(self, article: Article) -> str:
        return article.summary

    def item_pubdate(self, article: Article) -> datetime | None:
        return article.published_at

    def item_updateddate(self, article: Article) -> datetime | None:
        return article.revised_at or article.published_at


class SiteFeed(_Newest):
    """最新信息 of the whole site."""

    def get_object(self, request: HttpRequest) -> Source:
        articles = queries.visible(readable(request)).select_related("site").newest_first()
        return Source(request.site.name, request.site.url(), list(articles[:NEWEST]))


class ColumnFeed(_Newest):
    """The newest of one column and everything readable below it; 404 for whoever may not read it."""

    def get_object(self, request: HttpRequest, slug: str) -> Source:
        columns = readable(request)
        column = columns.by_slug(slug)
        if column is None:
            raise Http404
        newest = queries.column_page(column, columns, 1)
        return Source(f"{column} · {request.site}", column.get_absolute_url(), list(newest))
