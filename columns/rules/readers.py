"""Who may read a column (JS-24): its own readers, and those of every column above it."""

from collections.abc import Iterable

from django.db.models import prefetch_related_objects

from columns.enums import Readers
from columns.models import Column
from columns.rules.powers import Visitor, may
from columns.tree import ColumnTree
from portal import lineage
from portal.enums import SEES_WORK, Power
from portal.models import Department, User
from portal.once import once


def unreadable(user: Visitor, columns: ColumnTree) -> set[int]:
    """Ids of the columns that `user` may not read (JS-24): neither those nor what lies below them."""
    _read_departments(user, columns)
    return {column.pk for column in columns if not _may_read_this(user, column)}


def readable_tree(user: Visitor, columns: ColumnTree) -> ColumnTree:
    """The tree as `user` may see it; whoever is not signed in shares one."""
    if not user.is_authenticated:
        return once(columns, "for_visitors", lambda: _cut(user, columns))
    return _cut(user, columns)


def _cut(user: Visitor, columns: ColumnTree) -> ColumnTree:
    hidden = unreadable(user, columns)
    return columns.without(hidden) if hidden else columns


def menu(user: Visitor, columns: ColumnTree) -> list[Column]:
    """The main columns `user` finds in the navigation: all they may read, and those a sign-in would open."""
    readable = readable_tree(user, columns)
    asks_to_sign_in = {Readers.STAFF} if not user.is_authenticated else set()
    return [main for main in columns.menu() if readable.get(main.pk) or main.readers in asks_to_sign_in]


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
    if works_in(user, column.reader_departments.all()):
        return True
    return any(may(user, power, column) for power in (*SEES_WORK, Power.ANSWER))


def works_in(user: User, departments: Iterable[Department]) -> bool:
    """Whether `user` works in one of `departments`, or below one."""
    named = {department.pk for department in departments}
    return bool(named & own_departments(user))


def own_departments(user: User) -> set[int]:
    """Ids of the person's department and all above it: a named department speaks for those below."""
    return once(user, "departments", lambda: _line_of(user.department_id))


def _line_of(department_id: int | None) -> set[int]:
    parents = lineage.department_parents() if department_id else {}
    return {*lineage.upwards(department_id, parents)}
