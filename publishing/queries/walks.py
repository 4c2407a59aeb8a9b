"""The SQL of lists for readers: each column is walked along the index that is its list, no further than the page needs.

PostgreSQL plans one walk for all columns (LATERAL); SQLite, which has none, takes them one after the other.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connections, router

from columns.models import Column
from publishing.models import Article

Statement = tuple[str, list]
NEWEST_FIRST = "ORDER BY published_at DESC, id DESC"
WALK = (
    "SELECT id, published_at FROM publishing_article"
    f" WHERE state = 'LIVE' AND column_id = {{column}}{{since}} {NEWEST_FIRST} LIMIT {{limit}}"
)
FACE = "a.id, a.column_id, a.title, a.summary, a.department_id, a.cover_id, a.published_at, a.revised_at"


@dataclass(frozen=True)
class Group:
    """The newest `size` of these columns; with a `condition` (in SQL), of those of the whole site that meet it."""

    columns: list[Column]
    size: int
    condition: str = ""


def page(vendor: str, shown: list[Column], before: datetime | None, skip: int, size: int) -> Statement:
    """`size` articles of these columns together, published before a moment, without the first `skip`."""
    found, values = _walk(vendor, [(0, one.pk) for one in shown], skip + size, before)
    return (
        f"SELECT {FACE} FROM (SELECT id FROM ({found}) AS w {NEWEST_FIRST} LIMIT {size} OFFSET {skip}) AS p"
        " JOIN publishing_article AS a ON a.id = p.id ORDER BY a.published_at DESC, a.id DESC",
        values,
    )


def composed(vendor: str, groups: list[Group]) -> Statement:
    """One statement for all groups that have columns: the number of its group before every article."""
    plain = [(n, pk) for n, one in enumerate(groups) if not one.condition for pk in _ids(one)]
    parts = [_of_site(n, one) for n, one in enumerate(groups) if one.condition and one.columns]
    if plain:
        parts.append(_walk(vendor, plain, max(one.size for one in groups), None)[0])
    if not parts:
        return "", []
    sizes = " ".join(f"WHEN {n} THEN {one.size}" for n, one in enumerate(groups))
    ranked = (
        f"SELECT place, id, row_number() OVER (PARTITION BY place {NEWEST_FIRST}) AS nth"
        f" FROM ({' UNION ALL '.join(parts)}) AS w"
    )
    chosen = f"SELECT place, id FROM ({ranked}) AS r WHERE nth <= CASE place {sizes} END"
    most = sum(one.size for one in groups)  # no more can be; said so that the planner looks each of them up
    return (
        f"SELECT p.place, {FACE} FROM ({chosen} LIMIT {most}) AS p"
        " JOIN publishing_article AS a ON a.id = p.id ORDER BY a.published_at DESC, a.id DESC",
        [],
    )


def _walk(vendor: str, places: list[tuple[int, int]], limit: int, before: datetime | None) -> Statement:
    """(place, id, published_at) of the newest of each column; a place may have several."""
    since = " AND published_at < %s" if before else ""
    if vendor == "postgresql":
        columns = ", ".join(f"({place}, {column})" for place, column in places)
        walk = WALK.format(column="g.column_id", since=since, limit=limit)
        return (
            f"SELECT g.place, b.id, b.published_at FROM (VALUES {columns}) AS g (place, column_id)"
            f" CROSS JOIN LATERAL ({walk}) AS b",
            [before] if before else [],
        )
    walks = [
        f"SELECT {place} AS place, id, published_at FROM ({WALK.format(column=column, since=since, limit=limit)}) AS b"
        for place, column in places
    ]
    return " UNION ALL ".join(walks), [before] * len(walks) if before else []


def _of_site(place: int, one: Group) -> str:
    """Few meet the condition: the site's own index for it is walked."""
    ids = ", ".join(str(pk) for pk in _ids(one))
    return (
        f"SELECT {place} AS place, id, published_at FROM (SELECT id, published_at FROM publishing_article"
        f" WHERE state = 'LIVE' AND site_id = {one.columns[0].site_id} AND {one.condition}"
        f" AND column_id IN ({ids}) {NEWEST_FIRST} LIMIT {one.size}) AS s{place}"
    )


def _ids(one: Group) -> Iterable[int]:
    return (column.pk for column in one.columns)


def vendor() -> str:
    return connections[router.db_for_read(Article)].vendor


def rows(statement: str, values: list) -> list[tuple]:
    connection = connections[router.db_for_read(Article)]
    if connection.vendor == "sqlite":
        values = [_in_sqlite(one) for one in values]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def _in_sqlite(value: object) -> object:
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ") if isinstance(value, datetime) else value
