"""The home page's contents: two queries, however many columns the site has."""

from dataclasses import dataclass

from columns.enums import ColumnKind, Placement
from columns.models import Column
from columns.tree import ColumnTree
from portal.once import once
from publishing.queries.lines import Line, by_group, counts
from publishing.queries.reading import branch, listed
from publishing.queries.walks import Group, Statement, composed, vendor

BLOCK_SIZE, NOTICES_SIZE, PICTURES_SIZE, STORIES_SIZE = 9, 6, 10, 4


@dataclass(frozen=True)
class Block:
    """A column on the home page, its sub-columns as tabs, and its newest articles."""

    column: Column
    tabs: list[Column]
    articles: list[Line]


@dataclass(frozen=True)
class Tile:
    """A sub-column on the home page with its newest article (None while empty) and how many there are."""

    column: Column
    newest: Line | None
    count: int


@dataclass(frozen=True)
class HomePage:
    """Headline, pictures, what is new by main column, notices, disclosure, and pages about the unit."""

    headline: Line | None
    stories: list[Line]
    strip: list[Line]
    blocks: list[Block]
    wide: Block | None
    notices: Block | None
    tiled: Column | None
    tiles: list[Tile]
    about: list[Column]


@dataclass(frozen=True)
class Plan:
    """What a tree's home page asks for: the same for everybody who reads the same columns."""

    about: list[Column]
    mains: list[Column]
    tiled: Column | None
    subs: list[Column]
    notices: list[Column]
    groups: dict[str | int, Group]
    statement: Statement


def home_page(columns: ColumnTree) -> HomePage:
    """The home page of the site whose tree this is, for a visitor who may read exactly these columns."""
    plan = once(columns, "home_plan", lambda: _plan(columns))
    lists = by_group(plan.statement, columns, len(plan.groups))
    found = dict(zip(plan.groups, lists, strict=True))
    headline = next(iter(found["headline"]), None)
    pictures = [one for one in found["pictures"] if headline is None or one.pk != headline.pk]
    counts = _counts(columns, plan.subs)
    blocks = [Block(main, columns.menu(main), found[main.pk]) for main in plan.mains]
    is_odd = len(blocks) > 1 and (len(blocks) + bool(pictures)) % 2  # two abreast, the pictures being one
    has_wide = is_odd and blocks[-1].articles
    return HomePage(
        headline=headline,
        stories=pictures[:STORIES_SIZE],
        strip=pictures[STORIES_SIZE:],
        blocks=blocks[:-1] if has_wide else blocks,
        wide=blocks[-1] if has_wide else None,
        notices=next((Block(one, columns.menu(one), found[one.pk]) for one in plan.notices), None),
        tiled=plan.tiled,
        tiles=[Tile(sub, next(iter(found[sub.pk]), None), counts[sub.pk]) for sub in plan.subs],
        about=plan.about,
    )


def _plan(columns: ColumnTree) -> Plan:
    about = [main for main in columns.menu() if is_about(columns, main)]
    mains = [main for main in columns.menu() if main not in about]
    tiled = mains.pop() if len(mains) > 1 and columns.menu(mains[-1]) else None
    subs = columns.menu(tiled) if tiled else []
    notices = columns.placed(Placement.NOTICES)[:1]
    seen = [column for main in listed(columns, None) for column in branch(columns, main)]
    groups: dict[str | int, Group] = {
        "headline": Group(seen, 1, "is_headline"),
        "pictures": Group(seen, PICTURES_SIZE, "cover_id IS NOT NULL"),
        **{column.pk: Group([column], NOTICES_SIZE) for column in notices},
        **{main.pk: Group(list(branch(columns, main)), BLOCK_SIZE) for main in mains},
        **{sub.pk: Group(list(branch(columns, sub)), 1) for sub in subs},
    }
    return Plan(about, mains, tiled, subs, notices, groups, composed(vendor(), list(groups.values())))


def is_about(columns: ColumnTree, main: Column) -> bool:
    """Whether a main column introduces the unit (at least half single pages) rather than tells news."""
    subs = listed(columns, main)
    return sum(sub.kind == ColumnKind.PAGE for sub in subs) * 2 >= len(subs) > 0


def _counts(columns: ColumnTree, subs: list[Column]) -> dict[int, int]:
    """How many live articles each of `subs` holds with all listed below it; one query."""
    below = {sub.pk: [column.pk for column in branch(columns, sub)] for sub in subs}
    found = counts(pk for ids in below.values() for pk in ids)
    return {sub: sum(found.get(pk, 0) for pk in ids) for sub, ids in below.items()}
