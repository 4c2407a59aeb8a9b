"""The tables of the annual report, put together from counted facts. Pure: nothing is read here but what is given.

Every number is the sum of some facts, and a fact tells which cases it counts: `holds` says whether a case is one of
those that a cell counts, so that a number always opens the cases behind it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from disclosure.enums.decisions import ProceedingKind, ProceedingResult
from disclosure.enums.requests import ApplicantKind
from disclosure.rules.annual_form import (
    CARRIED_IN,
    CARRIED_OUT,
    HANDLED,
    NORMATIVE,
    OUTCOME_OF,
    PROACTIVE_COLUMNS,
    PROACTIVE_ROWS,
    PROCEEDING_COLUMNS,
    PROCEEDING_ROWS,
    RECEIVED,
    REQUEST_COLUMNS,
    REQUEST_ROWS,
    TOTAL,
)

Number = int | Decimal | None
"""None: the form has no such cell, or the office has not said yet."""


class Intake(StrEnum):
    """When a request was received, seen from the year of the report."""

    BEFORE = "before"
    IN_YEAR = "in_year"
    AFTER = "after"
    NEVER = "never"


class Done(StrEnum):
    """When it was answered, or withdrawn, seen from the year of the report."""

    BEFORE = "before"
    IN_YEAR = "in_year"
    OWED = "owed"


class RequestFact(NamedTuple):
    """What is told of requests that are alike: one group of the one query."""

    intake: str
    done: str
    outcome: str
    kind: str


class ProceedingFact(NamedTuple):
    """Of proceedings that are alike: `is_old`, filed before the year."""

    kind: str
    result: str
    is_old: bool


@dataclass(frozen=True)
class Line:
    """A row with its numbers, one for each column; a heading has none."""

    key: str
    label: str
    values: tuple[Number, ...]
    level: int = 0
    is_heading: bool = False


@dataclass(frozen=True)
class Table:
    """Rows by columns; `keys` name the columns for machines."""

    columns: tuple[str, ...]
    keys: tuple[str, ...]
    rows: tuple[Line, ...]

    def row(self, key: str) -> Line:
        return next(one for one in self.rows if one.key == key)

    def value(self, row: str, column: str) -> Number:
        return self.row(row).values[self.keys.index(column)]

    def number(self, row: str, column: str) -> int:
        """The value of a cell that counts cases."""
        return int(self.value(row, column) or 0)

    def as_json(self) -> dict[str, Any]:
        """The shape that `annual_report --format json` promises; headings are left out, `path` tells them."""
        rows, above = [], dict[int, str]()
        for row in self.rows:
            above = {level: label for level, label in above.items() if level < row.level}
            if row.is_heading:
                above[row.level] = row.label
                continue
            rows.append(
                {"key": row.key, "label": row.label, "values": _plain(row), "path": [*above.values()]}
            )
        return {"columns": [*self.columns], "keys": [*self.keys], "rows": rows}

    def kept(self) -> dict[str, Any]:
        """All of it, as an issued report keeps it; `read` reads it."""
        rows = [
            {
                "key": row.key, "label": row.label, "values": _plain(row), "level": row.level,
                "is_heading": row.is_heading,
            }
            for row in self.rows
        ]  # fmt: skip
        return {"columns": [*self.columns], "keys": [*self.keys], "rows": rows}

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Table":
        rows = (
            Line(**{**row, "values": tuple(_number(one) for one in row["values"])}) for row in kept["rows"]
        )
        return cls(tuple(kept["columns"]), tuple(kept["keys"]), tuple(rows))


def _plain(row: Line) -> list[int | float | None]:
    return [float(one) if isinstance(one, Decimal) else one for one in row.values]


def _number(value: int | float | None) -> Number:
    return Decimal(str(value)) if isinstance(value, float) else value


RequestFacts = Mapping[RequestFact, int]
ProceedingFacts = Mapping[ProceedingFact, int]
Counted = Mapping[str, int]


def proactive(normative: Counted, entered: Mapping[str, Number]) -> Table:
    """表二: 行政规范性文件 as counted, all else as the office entered it (key: row and column)."""
    rows = []
    for key, (label, columns, _) in PROACTIVE_ROWS.items():
        said = {
            name: normative.get(name, 0) if key == NORMATIVE else entered.get(f"{key}_{name}")
            for name in columns
        }
        rows.append(Line(key, label, tuple(said.get(name) for name in PROACTIVE_COLUMNS)))
    return Table(tuple(PROACTIVE_COLUMNS.values()), tuple(PROACTIVE_COLUMNS), tuple(rows))


def requests(facts: RequestFacts) -> Table:
    """表三. 总计 counts whatever is there, so that a case which no column or line takes shows as a difference."""
    keys = (*(str(kind) for kind in ApplicantKind), TOTAL)
    rows = tuple(
        Line(
            entry.key, entry.label,
            () if entry.is_heading else tuple(_counted(facts, entry.key, key) for key in keys),
            entry.level, entry.is_heading,
        )
        for entry in REQUEST_ROWS
    )  # fmt: skip
    return Table((*REQUEST_COLUMNS.values(), "总计"), keys, rows)


def proceedings(facts: ProceedingFacts) -> Table:
    """表四: one row for each way of proceeding; 总计 counts whatever is there."""
    keys = (*(str(result) for result in PROCEEDING_COLUMNS), TOTAL)
    rows = tuple(
        Line(
            str(kind), label,
            tuple(
                sum(n for fact, n in facts.items() if fact.kind == kind and key in (TOTAL, fact.result))
                for key in keys
            ),
        )
        for kind, label in PROCEEDING_ROWS.items()
    )  # fmt: skip
    return Table((*PROCEEDING_COLUMNS.values(), "总计"), keys, rows)


def holds(fact: RequestFact, row: str, column: str) -> bool:
    """Whether the third table counts such a request in this cell."""
    return column in (TOTAL, fact.kind) and _in_row(fact, row)


def is_cell(table: int, row: str, column: str) -> bool:
    """Whether the form has such a cell, with cases behind it."""
    if table == 3:
        rows = {one.key for one in REQUEST_ROWS if not one.is_heading}
        return row in rows and column in {*ApplicantKind.values, TOTAL}
    if table == 4:
        return row in ProceedingKind.values and column in {*ProceedingResult.values, TOTAL}
    return table == 2 and row == NORMATIVE and column in PROACTIVE_ROWS[NORMATIVE][1]


def _counted(facts: RequestFacts, row: str, column: str) -> int:
    return sum(number for fact, number in facts.items() if holds(fact, row, column))


def _in_row(fact: RequestFact, row: str) -> bool:
    if row == RECEIVED:
        return fact.intake == Intake.IN_YEAR
    if row == CARRIED_IN:
        return fact.intake == Intake.BEFORE and fact.done != Done.BEFORE
    if row == CARRIED_OUT:
        return fact.done == Done.OWED and fact.intake in (Intake.BEFORE, Intake.IN_YEAR)
    if row == HANDLED:
        return fact.done == Done.IN_YEAR
    return fact.done == Done.IN_YEAR and fact.outcome == OUTCOME_OF[row]


def outcome_rows() -> list[str]:
    """Keys of the lines that 三(七) adds up."""
    return [one.key for one in REQUEST_ROWS if one.key in OUTCOME_OF]


def columns_that(table: Table, broken: Iterable[bool]) -> list[str]:
    """Names of the columns for which something is so."""
    return [name for name, so in zip(table.columns, broken, strict=True) if so]


def sums(values: Sequence[Number]) -> int:
    return sum(int(one or 0) for one in values)
