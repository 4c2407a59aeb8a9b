"""Lines of a tree that is held in memory as parents by id: departments, columns. A loop in the data ends the walk."""

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from portal.kept import kept
from portal.models import Department

Parents = Mapping[int, int | None]


def department_parents() -> Parents:
    """Every department's parent, by id: one query."""
    return kept(
        "department-parents", lambda: dict(Department.objects.order_by().values_list("pk", "parent_id"))
    )


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


def line_of(department_id: int | None) -> QuerySet[Department]:
    """The department and up to three above it, as part of another query: for what every page counts."""
    steps = ["pk", *("__".join(["children"] * distance) for distance in range(1, 4))]
    found = reduce(or_, (Q(**{step: department_id}) for step in steps)) if department_id else Q(pk__in=[])
    return Department.objects.filter(found).order_by().values("pk")


def own_units_of(department_id: int | None) -> QuerySet[Department]:
    """`line_of` without the house as a whole, under which everybody stands: it is the unit of its own people alone."""
    return line_of(department_id).filter(Q(pk=department_id) | Q(parent__isnull=False))
