"""One site's columns as a tree in memory: small, read once per request, asked often."""

from collections.abc import Iterable, Iterator

from columns.enums import Placement
from columns.models import Column


class ColumnTree:
    """Columns in reading order. Methods take and give `Column` instances of this tree, or their ids where said."""

    def __init__(self, columns: Iterable[Column]):
        self._by_id = {column.pk: column for column in columns}
        self._by_slug = {column.slug: column for column in self._by_id.values()}
        self._children: dict[int | None, list[Column]] = {}
        for column in sorted(self._by_id.values(), key=lambda one: (one.position, one.pk)):
            self._children.setdefault(column.parent_id, []).append(column)

    def __iter__(self) -> Iterator[Column]:
        for root in self.children(None):
            yield from self.branch(root)

    def get(self, pk: int) -> Column | None:
        return self._by_id.get(pk)

    def by_slug(self, slug: str) -> Column | None:
        return self._by_slug.get(slug)

    def children(self, column: Column | None) -> list[Column]:
        """Direct sub-columns; of None: the main columns."""
        return self._children.get(column.pk if column else None, [])

    def branch(self, column: Column) -> Iterator[Column]:
        """The column itself, then everything below it, in reading order."""
        yield column
        for child in self.children(column):
            yield from self.branch(child)

    def path(self, column: Column) -> list[Column]:
        """From the main column down to the column itself: the breadcrumbs."""
        steps = [column]
        while (parent := self._by_id.get(steps[0].parent_id)) is not None:
            steps.insert(0, parent)
        return steps

    def menu(self, column: Column | None = None) -> list[Column]:
        """Sub-columns that the navigation shows."""
        return [child for child in self.children(column) if child.placement == Placement.MENU]

    def placed(self, placement: Placement) -> list[Column]:
        return [column for column in self._by_id.values() if column.placement == placement]

    def without(self, hidden: set[int]) -> "ColumnTree":
        """The tree as somebody sees it who may not read the columns in `hidden` (ids), nor what is below them."""
        return ColumnTree(
            column
            for column in self._by_id.values()
            if not any(step.pk in hidden for step in self.path(column))
        )
