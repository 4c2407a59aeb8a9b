"""信息维护分工: one site's division of work as a table in memory, asked often (JS-6; 石家庄第十三条).

A duty on a column covers its sub-columns, unless a sub-column has a row of its own for that duty: then the
departments of that row stand in place of those above, for it and what lies below it (实施意见三(二): 办公室 collects
for 队伍建设, 监察室 for its 廉政之声). Every duty is looked at by itself: whoever collects for a sub-column takes
nothing from whoever publishes the whole.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from columns.enums import Duty
from columns.models import Column
from columns.tree import ColumnTree
from portal import lineage
from portal.models import Department, User

Duties = frozenset[Duty]
Cell = tuple[int, int]  # column id, department id
NOTHING: Duties = frozenset()
OWNING = (Duty.COLLECTS, Duty.ANSWERS)
_BETWEEN = frozenset(" 　、，,；;/·\n\t\u00a0")


def marks(duties: Iterable[Duty]) -> str:
    """采审发答, in this order: how duties are written in a cell."""
    held = set(duties)
    return "".join(duty.label for duty in Duty if duty in held)


def read_marks(text: str) -> Duties:
    """Duties from what was typed into a cell. Raises ValueError with the letters that mean nothing."""
    known = {str(duty.label): duty for duty in Duty}
    odd = [letter for letter in text if letter not in known and letter not in _BETWEEN]
    if odd:
        raise ValueError("".join(dict.fromkeys(odd)))
    return frozenset(known[letter] for letter in text if letter in known)


@dataclass(frozen=True)
class Share:
    """What a department does for a column by the row of `origin`: the column itself or one above it."""

    duty: Duty
    origin: Column
    is_own: bool


@dataclass(frozen=True)
class Change:
    """One cell that is or was changed: its duties before and after."""

    column: Column
    department: Department
    before: Duties
    after: Duties

    def __str__(self) -> str:
        return f"{self.department}：{marks(self.before) or '无'} → {marks(self.after) or '无'}"

    @property
    def cell(self) -> Cell:
        return self.column.pk, self.department.pk

    @property
    def marks_before(self) -> str:
        return marks(self.before)

    @property
    def marks_after(self) -> str:
        return marks(self.after)


@dataclass(frozen=True)
class Assignment:
    """One line of 责任明细: who of a department does what for a column. A duty it does not have is not in `people`;
    one that nobody there may do has an empty list."""

    column: Column
    department: Department
    people: dict[Duty, list[User]]

    @property
    def vacant(self) -> list[Duty]:
        return [duty for duty, people in self.people.items() if not people]


class Division:
    """All rows of one site. Columns are those of `columns`, departments those of `departments` (all there are)."""

    def __init__(
        self,
        columns: ColumnTree,
        departments: Iterable[Department],
        rows: Mapping[Cell, Duties],
        clauses: Mapping[Cell, str] | None = None,
    ):
        self.columns = columns
        self.departments = {department.pk: department for department in departments}
        self.rows = {cell: duties for cell, duties in rows.items() if duties}
        self.clauses = clauses or {}

    @property
    def fingerprint(self) -> str:
        """Changes whenever any cell does: what somebody looked at is still so while this is the same."""
        said = sorted(
            f"{column}-{department}-{marks(held)}" for (column, department), held in self.rows.items()
        )
        return hashlib.sha256("\n".join(said).encode()).hexdigest()[:32]

    def own(self, cell: Cell) -> Duties:
        """The duties of the cell's own row."""
        return self.rows.get(cell, NOTHING)

    def shares(self, column: Column) -> dict[int, list[Share]]:
        """By department id, what each does for `column`: by rows of its own and of the columns above it."""
        found: dict[int, list[Share]] = {}
        for duty in Duty:
            for origin in reversed(self.columns.path(column)):
                if holders := self._by_duty.get((origin.pk, duty)):
                    for department in holders:
                        found.setdefault(department, []).append(Share(duty, origin, origin.pk == column.pk))
                    break
        return dict(sorted(found.items(), key=lambda one: self._order[one[0]]))

    def without_owner(self) -> list[Column]:
        """Columns for which no department collects or answers (JS-6). Reviewing and publishing is no owning: it
        waits for what others bring. A column that is shared out among its sub-columns has its owners there.
        """
        bare = {column.pk for column in self.columns if not self._is_owned(column)}
        return [
            column for column in self.columns if column.pk in bare and not self._is_shared_out(column, bare)
        ]

    def involved(self) -> list[Department]:
        """The departments with any duty on this site, in their order."""
        with_duty = {department for _, department in self.rows}
        return [department for pk, department in self.departments.items() if pk in with_duty]

    def offered(self) -> list[Department]:
        """The departments that may be given a duty: those in use, and those that still have one."""
        with_duty = {department for _, department in self.rows}
        return [one for pk, one in self.departments.items() if one.is_active or pk in with_duty]

    def covers(self, department: int) -> set[int]:
        """Ids of the department and all below it: its people are theirs too."""
        return lineage.beneath({department}, self._parents)

    def assignments(self, holders: Mapping[tuple[int, str], list[User]]) -> list[Assignment]:
        """责任明细 (石家庄第十三条): every department's duties for every column, with the people of that department or
        below it who hold the power there (`holders`: column id and power)."""
        covers = {department.pk: self.covers(department.pk) for department in self.involved()}
        return [
            Assignment(column, self.departments[pk], {
                share.duty: [
                    person for person in holders.get((column.pk, share.duty.power), [])
                    if person.department_id in covers[pk]
                ]
                for share in shares
            })
            for column in self.columns
            for pk, shares in self.shares(column).items()
        ]  # fmt: skip

    def with_changes(self, changes: Mapping[Cell, Duties]) -> "Division":
        return Division(self.columns, self.departments.values(), {**self.rows, **changes}, self.clauses)

    def changes_to(self, wanted: Mapping[Cell, Duties]) -> list[Change]:
        """What is different in `wanted`, cell by cell in reading order; cells it does not name stay as they are."""
        changed = {cell: duties for cell, duties in wanted.items() if duties != self.own(cell)}
        return [
            Change(column, department, self.own((column.pk, pk)), changed[column.pk, pk])
            for column in self.columns
            for pk, department in self.departments.items()
            if (column.pk, pk) in changed
        ]

    def _is_owned(self, column: Column) -> bool:
        return any((step.pk, duty) in self._by_duty for step in self.columns.path(column) for duty in OWNING)

    def _is_shared_out(self, column: Column, bare: set[int]) -> bool:
        below = self.columns.children(column)
        return any(child.pk not in bare or self._is_shared_out(child, bare) for child in below)

    @cached_property
    def _by_duty(self) -> dict[tuple[int, Duty], list[int]]:
        found: dict[tuple[int, Duty], list[int]] = {}
        for (column, department), held in self.rows.items():
            for duty in held:
                found.setdefault((column, duty), []).append(department)
        return found

    @cached_property
    def _order(self) -> dict[int, int]:
        return {pk: number for number, pk in enumerate(self.departments)}

    @cached_property
    def _parents(self) -> dict[int, int | None]:
        return {pk: one.parent_id for pk, one in self.departments.items()}
