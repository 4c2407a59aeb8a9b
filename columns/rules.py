"""Decisions about columns: who holds which power, who may read. Deny by default; unknown powers raise."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import prefetch_related_objects
from guardian.models import UserObjectPermission

from columns.enums import Readers
from columns.models import Column
from columns.tree import ColumnTree
from portal.enums import SEES_WORK, Power
from portal.models import Department, Site, User
from portal.once import once

Visitor = User | AnonymousUser


class Powers:
    """All live grants of one person, read with one query; a power on a column covers everything below it."""

    def __init__(self, user: Visitor):
        self.sites: dict[int, set[str]] = {}
        self.columns: dict[int, set[str]] = {}
        self._parents: dict[int, tuple[int | None, int]] | None = None
        if not user.is_authenticated or not user.is_active:
            return
        types = ContentType.objects.get_for_models(Site, Column)
        book = {types[Site].pk: self.sites, types[Column].pk: self.columns}
        rows = UserObjectPermission.objects.filter(user=user, content_type__in=book)
        for type_id, pk, power in rows.values_list("content_type", "object_pk", "permission__codename"):
            book[type_id].setdefault(int(pk), set()).add(power)

    @property
    def parents(self) -> dict[int, tuple[int | None, int]]:
        """Every column's (parent id, site id), of all sites."""
        if self._parents is None:
            rows = Column.objects.order_by().values_list("pk", "parent_id", "site_id")
            self._parents = {pk: (parent, site) for pk, parent, site in rows}
        return self._parents

    def has(self, power: str, column_id: int) -> bool:
        power = Power(power).value
        if not (self.sites or self.columns) or column_id not in self.parents:
            return False
        if power in self.sites.get(self.parents[column_id][1], ()):
            return True
        step: int | None = column_id
        while step is not None:
            if power in self.columns.get(step, ()):
                return True
            step = self.parents[step][0]
        return False

    def columns_with(self, power: str) -> set[int]:
        """Ids of all columns this person holds `power` on."""
        power = Power(power).value
        if not any(power in held for held in (*self.sites.values(), *self.columns.values())):
            return set()
        return {pk for pk in self.parents if self.has(power, pk)}

    def anywhere(self, *powers: str) -> bool:
        """Whether any of `powers` is held on any column or site."""
        wanted = {Power(power).value for power in powers}
        return any(wanted & held for held in (*self.sites.values(), *self.columns.values()))


def powers_of(user: Visitor) -> Powers:
    """The person's powers, read once per user instance (that is, once per request)."""
    return once(user, "powers", lambda: Powers(user))


def may(user: Visitor, power: str, column: Column | Any) -> bool:
    """Whether `user` holds `power` on `column`. Anything that is not a known power raises ValueError."""
    return powers_of(user).has(power, column.pk)


def may_manage_site(user: Visitor, site: Site) -> bool:
    """Whether `user` may add and move main columns of `site`."""
    return Power.MANAGE in powers_of(user).sites.get(site.pk, ())


def unreadable(user: Visitor, columns: ColumnTree) -> set[int]:
    """Ids of the columns that `user` may not read (JS-24): neither those nor what lies below them."""
    _read_departments(user, columns)
    return {column.pk for column in columns if not _may_read_this(user, column)}


def readable_tree(user: Visitor, columns: ColumnTree) -> ColumnTree:
    """The tree as `user` may see it."""
    hidden = unreadable(user, columns)
    return columns.without(hidden) if hidden else columns


def menu(user: Visitor, columns: ColumnTree) -> list[Column]:
    """The main columns `user` finds in the navigation: all they may read, and those a sign-in would open."""
    readable = {column.pk for column in readable_tree(user, columns)}
    asks_to_sign_in = {Readers.STAFF} if not user.is_authenticated else set()
    return [main for main in columns.menu() if main.pk in readable or main.readers in asks_to_sign_in]


def may_read(user: Visitor, column: Column, columns: ColumnTree) -> bool:
    """Whether `user` may read `column`: its own readers and those of all columns above it."""
    path = columns.path(column)
    _read_departments(user, path)
    return all(_may_read_this(user, step) for step in path)


def _read_departments(user: Visitor, columns: Iterable[Column]) -> None:
    """The named departments of all restricted columns with one query, only for whom it can matter."""
    if user.is_authenticated:
        restricted = [column for column in columns if column.readers == Readers.DEPARTMENTS]
        prefetch_related_objects(restricted, "reader_departments")


def _may_read_this(user: Visitor, column: Column) -> bool:
    if column.readers == Readers.EVERYONE:
        return True
    if not user.is_authenticated:
        return False
    if column.readers == Readers.STAFF:
        return True
    if _works_in(user, column.reader_departments.all()):
        return True
    return any(may(user, power, column) for power in (*SEES_WORK, Power.ANSWER))


def _works_in(user: User, departments: Iterable[Department]) -> bool:
    named = {department.pk for department in departments}
    return bool(named & _own_departments(user))


def _own_departments(user: User) -> set[int]:
    """Ids of the person's department and all above it: a named department speaks for those below."""
    return once(user, "departments", lambda: _upwards(user.department_id))


def _upwards(department_id: int | None) -> set[int]:
    parents = dict(Department.objects.order_by().values_list("pk", "parent_id")) if department_id else {}
    step, above = department_id, set[int]()
    while step is not None and step not in above:
        above.add(step)
        step = parents.get(step)
    return above
