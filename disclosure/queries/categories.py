"""公开类别 of a site as a tree in memory: few, read at once."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.cache import cache
from django.db.models import Count

from disclosure.models import CatalogueEntry, Category
from portal.models import Site

KEPT_SECONDS = 60


@dataclass
class Branch:
    """A category with what lies below it; `number` of listed entries, its own and those below."""

    category: Category
    depth: int = 0
    children: list["Branch"] = field(default_factory=list)
    number: int = 0


class CategoryTree:
    """All categories of a site in their order, those out of use where they have entries still."""

    def __init__(self, site: Site):
        self.all = list(Category.objects.filter(site=site).order_by("position", "pk"))
        for one in self.all:
            one.site = site
        self._known = {one.pk: one for one in self.all}
        self._below: dict[int | None, list[Category]] = {}
        for one in self.all:
            parent = one.parent_id if one.parent_id in self._known else None
            self._below.setdefault(parent, []).append(one)

    def by_key(self, key: str) -> Category | None:
        return next((one for one in self.all if one.key == key), None)

    def get(self, pk: int | None) -> Category | None:
        return self._known.get(pk)

    def branch_ids(self, category: Category) -> list[int]:
        """The category and everything below it."""
        found = [category.pk]
        for pk in found:
            found += [one.pk for one in self._below.get(pk, ()) if one.pk not in found]
        return found

    def path(self, category: Category) -> list[Category]:
        steps = [category]
        while (above := self._known.get(steps[0].parent_id)) is not None and above not in steps:
            steps.insert(0, above)
        return steps

    def branches(self, numbers: Counter[int] | None = None) -> list[Branch]:
        """Active categories nested; with `numbers` by category id, each with the sum of its branch."""
        return [
            self._branch(one, 0, numbers or Counter()) for one in self._below.get(None, ()) if one.is_active
        ]

    def flat(self) -> list[Branch]:
        """Active categories in reading order, for a select."""
        return list(_walk(self.branches()))

    def _branch(self, category: Category, depth: int, numbers: Counter[int]) -> Branch:
        children = [
            self._branch(one, depth + 1, numbers) for one in self._below.get(category.pk, ()) if one.is_active
        ]
        number = numbers[category.pk] + sum(one.number for one in children)
        return Branch(category, depth, children, number)


def listed_numbers(site: Site, tree: "CategoryTree") -> Counter[int]:
    """How many entries stand in the public lists of each category, as within the last minute: one query that reads the
    index of the list alone.
    """
    return cache.get_or_set(f"catalogue-numbers-{site.pk}", lambda: _count(tree), KEPT_SECONDS)


def _count(tree: "CategoryTree") -> Counter[int]:
    rows = CatalogueEntry.objects.filter(category__in=tree.all, listed_at__isnull=False).order_by()
    return Counter(dict(rows.values_list("category").annotate(n=Count("pk"))))


def _walk(rows: list[Branch]) -> Iterator[Branch]:
    for one in rows:
        yield one
        yield from _walk(one.children)
