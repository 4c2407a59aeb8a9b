"""An annual report as a paper: six parts with the statutory tables, for Word and Excel."""

from collections.abc import Sequence
from decimal import Decimal

from disclosure.models import AnnualReport
from disclosure.queries.report_views import Shown
from disclosure.rules.annual_form import (
    LEGAL_PERSONS,
    PARTS,
    PROACTIVE_COLUMNS,
    PROACTIVE_ROWS,
    PROCEEDING_COLUMNS,
)
from disclosure.rules.annual_tables import Line, Number, Table
from portal import clock
from portal.documents import Heading, Paper, Paragraph, Part
from portal.documents import Table as PaperTable

SPACE = "　"
BY_CLAUSE = ("第二十条第（一）项", "第二十条第（五）项", "第二十条第（六）项", "第二十条第（八）项")


def paper_of(shown: Shown) -> Paper:
    report = shown.report
    parts: list[Part] = []
    for key, title in PARTS.items():
        parts.append(Heading(title))
        if text := shown.texts.get(key, ""):
            parts.append(Paragraph(text))
        parts += _tables(key, shown)
    return Paper(
        masthead="", title=title_of(report, shown.organ), parts=parts, signed=shown.organ,
        dated=clock.local(report.issued_at).date() if report.issued_at else None,
    )  # fmt: skip


def title_of(report: AnnualReport, organ: str) -> str:
    return f"{organ}{report.year}年{report.get_kind_display()}"


def _tables(part: str, shown: Shown) -> Sequence[Part]:
    if part == "proactive":
        return [_proactive(shown.tables.proactive, clause) for clause in BY_CLAUSE]
    if part == "requests":
        return [_requests(shown.tables.requests)]
    return [_proceedings(shown.tables.proceedings)] if part == "proceedings" else []


def _proactive(table: Table, clause: str) -> PaperTable:
    """One block of the second table: the rows of one clause of the regulation, with the cells they have."""
    rows = [key for key, (_, _, under) in PROACTIVE_ROWS.items() if under == clause]
    columns = PROACTIVE_ROWS[rows[0]][1]
    return PaperTable(
        clause, ["信息内容", *(PROACTIVE_COLUMNS[one] for one in columns)],
        [[table.row(key).label, *(_cell(table.value(key, one)) for one in columns)] for key in rows],
    )  # fmt: skip


def _requests(table: Table) -> PaperTable:
    return PaperTable(
        "收到和处理政府信息公开申请情况", ["办理情况", *table.columns],
        [[SPACE * row.level + row.label, *_cells(row, table)] for row in table.rows], [10, *[3] * len(table.columns)],
        note="（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
        over=[("", 1), ("", 1), (LEGAL_PERSONS, len(table.columns) - 2), ("", 1)],
    )  # fmt: skip


def _proceedings(table: Table) -> PaperTable:
    """As the form has it: all in one line, five numbers for each way of proceeding."""
    names = [*PROCEEDING_COLUMNS.values(), "总计"]
    return PaperTable(
        "政府信息公开行政复议、行政诉讼情况", names * len(table.rows),
        [[_cell(value) for row in table.rows for value in row.values]],
        over=[(row.label, len(names)) for row in table.rows],
    )  # fmt: skip


def _cells(row: Line, table: Table) -> Sequence[Number]:
    return [None] * len(table.columns) if row.is_heading else [_cell(value) for value in row.values]


def _cell(value: Number) -> Number:
    return value if value is None or isinstance(value, Decimal) else int(value)
