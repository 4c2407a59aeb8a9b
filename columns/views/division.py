"""What the pages of 信息维护分工 show, gathered: the table, the toggles, the people, what others changed meanwhile."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.core import signing

from columns.duties import Assignment, Cell, Change, Division, Duties, Share, marks, read_marks
from columns.enums import Duty
from columns.models import Column
from portal import clock
from portal.models import AuditEntry, Department, Site, User

SALT = "columns.division"
GOOD_FOR = 24 * 60 * 60
WORDS_SHOWN = 8


@dataclass(frozen=True)
class Toggle:
    """One duty of one cell while it is edited; `above`: the column it is inherited from."""

    duty: Duty
    is_on: bool
    above: Column | None


@dataclass(frozen=True)
class GridCell:
    department: Department
    shares: list[Share]
    clause: str
    toggles: list[Toggle]
    is_disputed: bool = False

    @property
    def origins(self) -> list[Column]:
        """The columns above from which something is inherited."""
        return list(dict.fromkeys(share.origin for share in self.shares if not share.is_own))


@dataclass(frozen=True)
class GridRow:
    column: Column
    depth: int
    has_owner: bool
    cells: list[GridCell]


@dataclass(frozen=True)
class Vacancy:
    """Duties of a department that nobody there may do, and the columns they are about."""

    department: Department
    duties: list[Duty]
    columns: list[Column]

    @property
    def words(self) -> str:
        return "、".join(duty.word for duty in self.duties)


@dataclass(frozen=True)
class Shown:
    """The table as a page showed it, carried by the form and signed: what others change meanwhile can be told."""

    fingerprint: str
    rows: dict[Cell, Duties]
    at: datetime


def grid(
    division: Division,
    departments: list[Department],
    *,
    only: Collection[Column] | None = None,
    disputed: Collection[Cell] = (),
) -> list[GridRow]:
    """Rows in reading order, a cell for each of `departments`; `only` limits the rows."""
    bare = {column.pk for column in division.without_owner()}
    return [
        _row(division, column, departments, column.pk not in bare, disputed)
        for column in division.columns
        if only is None or column in only
    ]  # fmt: skip


def _row(
    division: Division,
    column: Column,
    departments: list[Department],
    has_owner: bool,
    disputed: Collection[Cell],
) -> GridRow:
    shares, cells = division.shares(column), []
    for department in departments:
        cell, held = (column.pk, department.pk), shares.get(department.pk, [])
        above = {share.duty: share.origin for share in held if not share.is_own}
        toggles = [Toggle(duty, duty in division.own(cell), above.get(duty)) for duty in Duty]
        clause = division.clauses.get(cell, "")
        cells.append(GridCell(department, held, clause, toggles, cell in disputed))
    return GridRow(column, len(division.columns.path(column)) - 1, has_owner, cells)


def people(division: Division, assignments: Iterable[Assignment]) -> list[dict[str, Any]]:
    """责任明细 by column; a column without anybody has no lines."""
    bare = {column.pk for column in division.without_owner()}
    by_column = {column: list(group) for column, group in groupby(assignments, key=lambda one: one.column)}
    return [
        {
            "column": column,
            "depth": len(division.columns.path(column)) - 1,
            "has_owner": column.pk not in bare,
            "lines": [
                {"department": one.department, "duties": [(duty, one.people.get(duty)) for duty in Duty]}
                for one in by_column.get(column, [])
            ],
        }
        for column in division.columns
    ]


def vacancies(assignments: Iterable[Assignment]) -> list[Vacancy]:
    """What has to be granted next (办法第十条), by department; duties about the same columns are told in one line."""
    found: dict[Department, dict[Duty, list[Column]]] = {}
    for one in assignments:
        for duty in one.vacant:
            found.setdefault(one.department, {}).setdefault(duty, []).append(one.column)
    told = []
    for department, by_duty in found.items():
        alike: dict[tuple[Column, ...], list[Duty]] = {}
        for duty in Duty:
            if duty in by_duty:
                alike.setdefault(tuple(by_duty[duty]), []).append(duty)
        told += [Vacancy(department, duties, list(columns)) for columns, duties in alike.items()]
    return told


def sign_shown(division: Division) -> str:
    rows = {f"{column}-{department}": marks(held) for (column, department), held in division.rows.items()}
    return signing.dumps(
        {"seen": division.fingerprint, "rows": rows, "at": clock.now().isoformat()}, salt=SALT, compress=True
    )


def read_shown(token: str) -> Shown | None:
    """None when it was tampered with or is older than a day."""
    try:
        said = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    return Shown(said["seen"], read_cells(said["rows"]), datetime.fromisoformat(said["at"]))


def read_cells(said: Mapping[str, str]) -> dict[Cell, Duties]:
    """Cells from what was signed: "column-department" to marks."""
    cells = {}
    for name, held in said.items():
        column, department = name.split("-")
        cells[int(column), int(department)] = read_marks(held)
    return cells


def wanted(
    ticked: Mapping[Cell, Duties], shown: Mapping[Cell, Duties], columns: Collection[int]
) -> dict[Cell, Duties]:
    """The cells of the shown `columns` that somebody ticked otherwise than they were shown."""
    cells = {cell for cell in (*ticked, *shown) if cell[0] in columns}
    nothing: Duties = frozenset()
    return {
        cell: ticked.get(cell, nothing)
        for cell in cells
        if ticked.get(cell, nothing) != shown.get(cell, nothing)
    }


def authors(site: Site, since: datetime) -> list[User]:
    """Who changed the site's division since then."""
    entries = AuditEntry.objects.filter(verb="divide", site_key=site.key, at__gte=since).order_by("id")
    return list(dict.fromkeys(entry.actor for entry in entries.select_related("actor")))


def in_words(changes: list[Change]) -> str:
    """What was changed, for the message after saving."""
    told = "；".join(f"“{change.column}”{change}" for change in changes[:WORDS_SHOWN])
    more = f"……等 {len(changes)} 处" if len(changes) > WORDS_SHOWN else ""
    return f"{told}{more}"
