"""Lines of a tree that is held in memory as parents by id: departments, columns. A loop in the data ends the walk."""

from collections.abc import Iterable, Iterator, Mapping

from portal.models import Department

Parents = Mapping[int, int | None]


def department_parents() -> Parents:
    """Every department's parent, by id: one query."""
    return dict(Department.objects.order_by().values_list("pk", "parent_id"))


def upwards(pk: int | None, parents: Parents) -> Iterator[int]:
    """`pk` and all above it, the nearest first."""
    seen = set[int]()
    while pk is not None and pk not in seen:
        seen.add(pk)
        yield pk
        pk = parents.get(pk)


def beneath(named: Iterable[int], parents: Parents) -> set[int]:
    """Ids of `named` and all below them."""
    wanted = set(named)
    return {pk for pk in parents if not wanted.isdisjoint(upwards(pk, parents))}
