"""Where the built-in visitor goes on a site: home, public main columns and theirs, newest articles, entrances."""

from collections.abc import Iterator
from dataclasses import dataclass

from assessment.enums.radar import PageKind, VisitKind
from assessment.models import Visit
from assessment.queries.radar import public_columns
from columns.models import Column
from columns.tree import ColumnTree
from portal import clock
from portal.models import Site
from publishing.queries.reading import branch, listed, placed, visible

ENTRANCES = (
    ("互动交流", "interaction/"),
    ("信箱", "mailbox/"),
    ("来信查询", "mailbox/track/"),
    ("问答", "questions/"),
    ("网上调查", "surveys/"),
    ("投票与评议", "polls/"),
    ("民意征集", "consultations/"),
    ("在线访谈", "interviews/"),
)


@dataclass(frozen=True)
class Stop:
    """One page: `path` on the portal's own address, `host` of a site that has a name of its own; `published` of an
    article as the system says it.
    """

    kind: PageKind
    what: str
    path: str
    host: str = ""
    published: str = ""


def home(site: Site) -> Stop:
    return Stop(PageKind.HOME, "首页", _path(site, ""), site.host_name or "")


def stops(site: Site, *, most: int, articles: int) -> list[Stop]:
    """At most so many, the most telling first: three queries."""
    columns = public_columns(site)
    every = [home(site), *_columns(site, columns), *_entrances(site), *_articles(site, columns, articles)]
    telling = {PageKind.HOME: 0, PageKind.ARTICLE: 1, PageKind.COLUMN: 2, PageKind.ENTRANCE: 3}
    kept = sorted(every, key=lambda stop: telling[stop.kind])[:most]
    return [stop for stop in every if stop in kept]


def newest_pulse(site: Site) -> Visit | None:
    return Visit.objects.filter(site=site, kind=VisitKind.PULSE).order_by("-at").first()


def _columns(site: Site, columns: ColumnTree) -> Iterator[Stop]:
    for main in listed(columns, None):
        yield from (_column(site, one) for one in branch(columns, main))


def _column(site: Site, column: Column) -> Stop:
    return Stop(PageKind.COLUMN, column.name, _path(site, f"c/{column.slug}/"), site.host_name or "")


def _entrances(site: Site) -> Iterator[Stop]:
    for name, path in ENTRANCES:
        yield Stop(PageKind.ENTRANCE, name, _path(site, path), site.host_name or "")


def _articles(site: Site, columns: ColumnTree, number: int) -> Iterator[Stop]:
    for one in placed(visible(columns).newest_first()[:number], columns):
        published = f"{clock.local(one.published_at):%Y-%m-%d %H:%M}"
        yield Stop(
            PageKind.ARTICLE,
            f"“{one.title[:40]}”",
            _path(site, f"a/{one.pk}/"),
            site.host_name or "",
            published,
        )


def _path(site: Site, path: str) -> str:
    """The path part alone: of a site with a host name its Host header says the rest."""
    return f"/{path}" if site.host_name else site.url(path)
