"""What the pages of a report have in common: tables cell by cell, each number with the way to its cases."""

from collections.abc import Sequence
from dataclasses import dataclass

from disclosure.queries.report_views import Shown
from disclosure.rules.annual_form import LEGAL_PERSONS, NORMATIVE, PARTS, PROACTIVE_COLUMNS, PROACTIVE_ROWS
from disclosure.rules.annual_tables import Number, Table, is_cell
from portal.documents.parts import cell_text


@dataclass(frozen=True)
class Cell:
    """`said` is the number; `query` leads to its cases, "" where there are none to see."""

    said: str
    query: str = ""
    note: str = ""


@dataclass(frozen=True)
class GridRow:
    label: str
    level: int
    is_heading: bool
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Block:
    """Some rows of the second table under one clause of 条例第二十条."""

    clause: str
    columns: Sequence[str]
    rows: Sequence[GridRow]


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    text: str
    proposal: str


def sections(shown: Shown) -> list[Section]:
    return [
        Section(key, title, shown.texts.get(key, ""), shown.proposals.get(key, ""))
        for key, title in PARTS.items()
    ]


def grids(shown: Shown) -> dict[str, object]:
    tables = shown.tables
    third = tables.requests
    return {
        "proactive": proactive(tables.proactive, shown.entered), "requests": grid(3, third),
        "request_columns": third.columns, "legal_persons": LEGAL_PERSONS, "legal_span": len(third.columns) - 2,
        "proceedings": grid(4, tables.proceedings), "proceeding_columns": tables.proceedings.columns,
        "suit_span": 2 * len(tables.proceedings.columns),
    }  # fmt: skip


def grid(number: int, table: Table) -> list[GridRow]:
    return [
        GridRow(row.label, row.level, row.is_heading, [
            cell(number, row.key, key, value)
            for key, value in zip(table.keys, row.values, strict=not row.is_heading)
        ])
        for row in table.rows
    ]  # fmt: skip


def proactive(table: Table, entered) -> list[Block]:
    """By clause, with who entered what and when beside the figure."""
    found: dict[str, list[str]] = {}
    for key, (_, _, clause) in PROACTIVE_ROWS.items():
        found.setdefault(clause, []).append(key)
    return [
        Block(
            clause, [PROACTIVE_COLUMNS[one] for one in PROACTIVE_ROWS[keys[0]][1]],
            [
                GridRow(table.row(key).label, 0, False, [
                    _figure(table, key, one, entered) for one in PROACTIVE_ROWS[key][1]
                ])
                for key in keys
            ],
        )
        for clause, keys in found.items()
    ]  # fmt: skip


def _figure(table: Table, row: str, column: str, entered) -> Cell:
    if row == NORMATIVE:
        return cell(2, row, column, table.value(row, column))
    said = entered.get(f"{row}_{column}")
    note = f"{said['by']} {said['at'][:10]} 填报" if said else "未填"
    return Cell(cell_text(table.value(row, column)), note=note)


def cell(number: int, row: str, column: str, value: Number) -> Cell:
    return Cell(cell_text(value), f"{number}.{row}.{column}" if value else "")


def read_cell(typed: str) -> tuple[int, str, str] | None:
    """`3.received.CITIZEN`; None for what no form has."""
    table, _, rest = typed.partition(".")
    row, _, column = rest.partition(".")
    if table not in ("2", "3", "4") or not is_cell(int(table), row, column):
        return None
    return int(table), row, column
