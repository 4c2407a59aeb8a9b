"""The home page's contents: four queries, however many columns the site has."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet, Value

from columns.enums import ColumnKind, Placement
from columns.models import Column
from columns.tree import ColumnTree
from publishing.models import Article
from publishing.queries.reading import branch, listed, live_in, placed, visible

BLOCK_SIZE, NOTICES_SIZE, PICTURES_SIZE, STORIES_SIZE = 9, 6, 10, 4


@dataclass(frozen=True)
class Block:
    """A column on the home page, its sub-columns as tabs, and its newest articles."""

    column: Column
    tabs: list[Column]
    articles: list[Article]


@dataclass(frozen=True)
class Tile:
    """A sub-column on the home page with its newest article (None while empty) and how many there are."""

    column: Column
    newest: Article | None
    count: int


@dataclass(frozen=True)
class HomePage:
    """Headline, pictures, what is new by main column, notices, disclosure, and pages about the unit."""

    headline: Article | None
    stories: list[Article]
    strip: list[Article]
    blocks: list[Block]
    wide: Block | None
    notices: Block | None
    tiled: Column | None
    tiles: list[Tile]
    about: list[Column]


def home_page(columns: ColumnTree) -> HomePage:
    """The home page of the site whose tree this is, for a visitor who may read exactly these columns."""
    about = [main for main in columns.menu() if is_about(columns, main)]
    mains = [main for main in columns.menu() if main not in about]
    tiled = mains.pop() if len(mains) > 1 and columns.menu(mains[-1]) else None
    subs = columns.menu(tiled) if tiled else []
    notices = columns.placed(Placement.NOTICES)[:1]
    rows = visible(columns)
    found = _newest(columns, {
        "headline": (rows.filter(is_headline=True), 1),
        "pictures": (rows.filter(cover__isnull=False), PICTURES_SIZE),
        **{column.pk: (live_in([column]), NOTICES_SIZE) for column in notices},
        **{main.pk: (live_in(branch(columns, main)), BLOCK_SIZE) for main in mains},
        **{sub.pk: (live_in(branch(columns, sub)), 1) for sub in subs},
    })  # fmt: skip
    headline = next(iter(found["headline"]), None)
    pictures = [one for one in found["pictures"] if one != headline]
    counts = _counts(columns, subs)
    blocks = [Block(main, columns.menu(main), found[main.pk]) for main in mains]
    is_odd = len(blocks) > 1 and (len(blocks) + bool(pictures)) % 2  # two abreast, the pictures being one
    has_wide = is_odd and blocks[-1].articles
    return HomePage(
        headline=headline,
        stories=pictures[:STORIES_SIZE],
        strip=pictures[STORIES_SIZE:],
        blocks=blocks[:-1] if has_wide else blocks,
        wide=blocks[-1] if has_wide else None,
        notices=next((Block(one, columns.menu(one), found[one.pk]) for one in notices), None),
        tiled=tiled,
        tiles=[Tile(sub, next(iter(found[sub.pk]), None), counts[sub.pk]) for sub in subs],
        about=about,
    )


def is_about(columns: ColumnTree, main: Column) -> bool:
    """Whether a main column introduces the unit (at least half single pages) rather than tells news."""
    subs = listed(columns, main)
    return sum(sub.kind == ColumnKind.PAGE for sub in subs) * 2 >= len(subs) > 0


def _newest(
    columns: ColumnTree, groups: dict[str | int, tuple[QuerySet[Article], int]]
) -> dict[str | int, list[Article]]:
    """The newest articles of every group, with two queries in all. Groups map a key to (rows, how many)."""
    keys = list(groups)
    first, *rest = [_picks(*groups[key], number) for number, key in enumerate(keys)]
    pairs = list(first.union(*rest, all=True))
    wanted = Article.objects.filter(pk__in={pk for pk, _ in pairs}).select_related("department", "cover")
    articles = {article.pk: article for article in placed(wanted.newest_first(), columns)}
    picked: dict[int, set[int]] = {}
    for pk, number in pairs:
        picked.setdefault(number, set()).add(pk)
    return {
        key: [one for pk, one in articles.items() if pk in picked.get(number, ())]
        for number, key in enumerate(keys)
    }


def _picks(rows: QuerySet[Article], size: int, number: int) -> QuerySet:
    """(id, number) of the first `size` rows. The slice sits in a subquery: SQLite takes none in a union."""
    newest = rows.newest_first().values("pk")[:size]
    chosen = Article.objects.filter(pk__in=newest).order_by()
    return chosen.annotate(group=Value(number)).values_list("pk", "group")


def _counts(columns: ColumnTree, subs: list[Column]) -> dict[int, int]:
    """How many live articles each of `subs` holds with all listed below it; one query."""
    below = {sub.pk: [column.pk for column in branch(columns, sub)] for sub in subs}
    rows = live_in(column for sub in subs for column in branch(columns, sub)).order_by()
    counts = dict(rows.values_list("column").annotate(Count("pk")))
    return {sub: sum(counts.get(pk, 0) for pk in ids) for sub, ids in below.items()}
