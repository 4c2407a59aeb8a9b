"""Lists of live articles for readers, written in SQL: one statement a page, its cost the same however much there is.

Each column is walked along the index that is its list (`article_column_list`), no further than the page needs; how many
there are and in which month a deep page begins is known beforehand (`LiveCount`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.functional import cached_property

from columns.models import Column
from columns.tree import ColumnTree
from portal.kept import kept
from portal.models import Department, Site
from publishing.models import Article
from publishing.queries.walks import Statement, page, rows, vendor

PAGE_SIZE = 20


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
    def card_url(self) -> str:
        return reverse("thumbnail", args=[self.cover_id, "card"])

    @property
    def thumb_url(self) -> str:
        return reverse("thumbnail", args=[self.cover_id, "thumb"])

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
    found = KnownNumber(sum(n for _, n in months)).get_page(number)
    found.object_list = _page(columns, shown, months, (found.number - 1) * PAGE_SIZE)
    return found


def newest(columns: ColumnTree, shown: list[Column], size: int) -> list[Line]:
    """The newest of these columns together."""
    return _page(columns, shown, [], 0, size)


def by_group(statement: Statement, columns: ColumnTree, number: int) -> list[list[Line]]:
    """What `composed` found, group by group, each the newest first."""
    text, values = statement
    places, faces = [], []
    for place, *face in rows(text, values) if text else ():
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
    return list(lines(rows(*page(vendor(), shown, before, skip, size)), columns))


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


def _moment(value: datetime | None) -> datetime | None:
    """SQLite does not say that its moments are those of UTC."""
    return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


def _marks(values: list) -> str:
    return ", ".join(["%s"] * len(values))
