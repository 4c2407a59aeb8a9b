"""Lists of live articles for readers, written in SQL: one statement a page, its cost the same however much there is.

Each column is walked along the index that is its list (`article_column_list`), no further than the page needs; how many
there are and in which month a deep page begins is known beforehand (`LiveCount`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db import connections, router
from django.utils.functional import cached_property

from columns.models import Column
from columns.tree import ColumnTree
from portal.kept import kept
from portal.models import Department, Site, StoredFile
from publishing.models import Article

PAGE_SIZE = 20
FACE = "a.id, a.column_id, a.title, a.summary, a.department_id, a.cover_id, a.published_at, a.revised_at"
LIVE_OF_SITE = (
    "SELECT id, published_at FROM publishing_article WHERE state = 'LIVE' AND site_id = %s AND {condition}"
    " AND column_id IN ({marks})"
)
BRANCH = (
    "SELECT * FROM (SELECT id, published_at FROM publishing_article WHERE state = 'LIVE' AND column_id = %s{since}"
    " ORDER BY published_at DESC, id DESC LIMIT %s) AS b{number}"
)


@dataclass(slots=True)
class Line:
    """An article as lists show it."""

    pk: int
    column: Column
    title: str
    summary: str
    department: str
    cover_id: UUID | None
    published_at: datetime
    revised_at: datetime | None

    @property
    def site(self) -> Site:
        return self.column.site

    @property
    def cover(self) -> StoredFile | None:
        """For its addresses alone."""
        return StoredFile(pk=self.cover_id) if self.cover_id else None

    def get_absolute_url(self) -> str:
        return f"{self.column.site.prefix}a/{self.pk}/"


@dataclass(slots=True)
class Beside:
    """The article before or after another one."""

    site: Site
    pk: int
    title: str

    def get_absolute_url(self) -> str:
        return f"{self.site.prefix}a/{self.pk}/"


NEXT = (
    "SELECT * FROM (SELECT {number} AS place, id, title FROM publishing_article WHERE state = 'LIVE'"
    " AND column_id = %s AND (published_at, id) {than} (%s, %s)"
    " ORDER BY published_at{order}, id{order} LIMIT 1) AS n{number}"
)
NEIGHBOURS = " UNION ALL ".join(
    [NEXT.format(number=0, than=">", order=""), NEXT.format(number=1, than="<", order=" DESC")]
)


def beside(article: Article) -> tuple[Beside | None, Beside | None]:
    here = [article.column_id, article.published_at, article.pk]
    found = {place: Beside(article.site, pk, title) for place, pk, title in rows(NEIGHBOURS, here * 2)}
    return found.get(0), found.get(1)


class KnownNumber(Paginator):
    """Pages of so many rows, which somebody else reads."""

    def __init__(self, number: int):
        super().__init__([], PAGE_SIZE)
        self.number = number

    @cached_property
    def count(self) -> int:
        return self.number


def listing(columns: ColumnTree, shown: list[Column], number: int | str | None) -> Page:
    """One page of the live articles of these columns together, newest first: two statements."""
    months = _months([one.pk for one in shown])
    page = KnownNumber(sum(n for _, n in months)).get_page(number)
    page.object_list = _page(columns, shown, months, (page.number - 1) * PAGE_SIZE)
    return page


def newest(columns: ColumnTree, shown: list[Column], size: int) -> list[Line]:
    """The newest of these columns together."""
    return _page(columns, shown, [], 0, size)


@dataclass(frozen=True)
class Group:
    """The newest `size` of these columns; with a `condition` (in SQL), of those of the whole site that meet it."""

    columns: list[Column]
    size: int
    condition: str = ""

    def statement(self, number: int) -> tuple[str, list]:
        """Its ids under its number, and the values."""
        ids, values = [one.pk for one in self.columns], list[object]()
        if self.condition:
            found = LIVE_OF_SITE.format(condition=self.condition, marks=_marks(ids))
            values = [self.columns[0].site_id, *ids]
        else:
            found = " UNION ALL ".join(BRANCH.format(since="", number=pk) for pk in ids)
            values = [value for pk in ids for value in (pk, self.size)]
        return (
            f"SELECT * FROM (SELECT {number} AS place, id FROM ({found}) AS f{number}"
            f" ORDER BY published_at DESC, id DESC LIMIT {self.size}) AS g{number}",
            values,
        )


Composed = tuple[str, list]


def composed(groups: list[Group]) -> Composed:
    """One statement for all groups that have columns, with its values."""
    parts = [one.statement(number) for number, one in enumerate(groups) if one.columns]
    return (
        f"SELECT p.place, {FACE} FROM ({' UNION ALL '.join(part for part, _ in parts)}) AS p"
        " JOIN publishing_article AS a ON a.id = p.id ORDER BY a.published_at DESC, a.id DESC",
        [value for _, values in parts for value in values],
    )


def by_group(statement: Composed, columns: ColumnTree, number: int) -> list[list[Line]]:
    """What `composed` found, group by group, each the newest first."""
    text, values = statement
    places, faces = [], []
    for place, *face in rows(text, values) if values else ():
        places.append(place)
        faces.append(face)
    found: list[list[Line]] = [[] for _ in range(number)]
    for place, line in zip(places, lines(faces, columns), strict=True):
        found[place].append(line)
    return found


def counts(shown: Iterable[int]) -> dict[int, int]:
    """How many live articles each of these columns (ids) holds."""
    ids = list(shown)
    if not ids:
        return {}
    return dict(
        rows(
            f"SELECT column_id, sum(number) FROM publishing_livecount WHERE column_id IN ({_marks(ids)})"
            " GROUP BY column_id",
            ids,
        )
    )


def _months(ids: list[int]) -> list[tuple[date, int]]:
    """(first day, how many) of every month with live articles, the latest first."""
    if not ids:
        return []
    found = rows(
        f"SELECT month, sum(number) FROM publishing_livecount WHERE column_id IN ({_marks(ids)})"
        " GROUP BY month HAVING sum(number) > 0 ORDER BY month DESC",
        ids,
    )
    return [(date.fromisoformat(month) if isinstance(month, str) else month, n) for month, n in found]


def _page(
    columns: ColumnTree, shown: list[Column], months: list[tuple[date, int]], skip: int, size: int = PAGE_SIZE
) -> list[Line]:
    if not shown:
        return []
    before, skip = _start(months, skip)
    since = " AND published_at < %s" if before else ""
    branches = [BRANCH.format(since=since, number=number) for number, _ in enumerate(shown)]
    values: list = []
    for one in shown:
        values += [one.pk, *([before] if before else []), skip + size]
    found = rows(
        f"SELECT {FACE} FROM (SELECT id, published_at FROM ({' UNION ALL '.join(branches)}) AS c"
        " ORDER BY published_at DESC, id DESC LIMIT %s OFFSET %s) AS p"
        " JOIN publishing_article AS a ON a.id = p.id ORDER BY a.published_at DESC, a.id DESC",
        [*values, size, skip],
    )
    return list(lines(found, columns))


def _start(months: list[tuple[date, int]], skip: int) -> tuple[datetime | None, int]:
    """Before which moment to begin, and how many rows to leave out from there."""
    before = None
    for month, number in months:
        if skip < number:
            break
        skip -= number
        before = datetime(month.year, month.month, 1, tzinfo=UTC)
    return before, skip


def lines(found: Iterable[tuple], columns: ColumnTree) -> Iterator[Line]:
    names = _department_names()
    for pk, column, title, summary, department, cover, published, revised in found:
        yield Line(
            pk, columns.get(column), title, summary, names.get(department, ""),
            UUID(cover) if isinstance(cover, str) else cover, _moment(published), _moment(revised),
        )  # fmt: skip


def _department_names() -> dict[int, str]:
    return kept("department-names", lambda: dict(Department.objects.order_by().values_list("pk", "name")))


def rows(statement: str, values: list) -> list[tuple]:
    connection = connections[router.db_for_read(Article)]
    if connection.vendor == "sqlite":
        values = [_in_sqlite(one) for one in values]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def _in_sqlite(value: object) -> object:
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ") if isinstance(value, datetime) else value


def _moment(value: datetime | None) -> datetime | None:
    """SQLite does not say that its moments are those of UTC."""
    return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


def _marks(values: list) -> str:
    return ", ".join(["%s"] * len(values))
