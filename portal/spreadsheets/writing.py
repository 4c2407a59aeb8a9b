"""Workbooks to take away: written row by row, sent as a stream, and never a formula in them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from tempfile import SpooledTemporaryFile
from typing import Any

from django.http import FileResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from portal import clock

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767  # Excel's own limit
WIDTH = 18
_IN_MEMORY_BYTES = 2 * 1024 * 1024
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")
_NO_FILE_NAME = re.compile(r'[\\/:*?"<>|\r\n\t]')
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_HEAD = {
    "font": Font(bold=True, color="143862"),
    "fill": PatternFill("solid", fgColor="EAF0F8"),
    "alignment": Alignment(vertical="center", wrap_text=True),
}


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, its headings, its rows as they come, the widths of its columns in characters."""

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[object]]
    widths: Sequence[int] = ()


def workbook(
    title: str, headings: Sequence[str], rows: Iterable[Sequence[object]], widths: Sequence[int] = ()
) -> FileResponse:
    """An .xlsx file named `title`: one sheet, headings that stay in view and filter, then `rows` as they come.

    rows: numbers stay numbers, dates and moments become text as people read them, yes and no become 是、否.
    widths: of the columns in characters, WIDTH for those that are not named.
    Text that a spreadsheet could take for a formula is marked as text (OWASP: CSV injection).
    """
    return workbook_of(title, [Sheet(title, headings, rows, widths)])


def workbook_of(title: str, sheets: Iterable[Sheet]) -> FileResponse:
    """As `workbook`, of several sheets."""
    file = spooled(sheets)
    name = f"{_NO_FILE_NAME.sub(' ', title).strip() or '表'}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)


def spooled(sheets: Iterable[Sheet]) -> SpooledTemporaryFile:
    """The .xlsx as an open file at its beginning, for whoever sends or packs it and closes it."""
    book = Workbook(write_only=True)
    for one in sheets:
        _write(book, one)
    file = SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES)  # noqa: SIM115 — the caller closes it
    book.save(file)
    file.seek(0)
    return file


def _write(book: Workbook, one: Sheet) -> None:
    sheet = book.create_sheet(_NO_SHEET_NAME.sub(" ", one.title)[:31] or "表")
    for at in range(len(one.headings)):
        width = one.widths[at] if at < len(one.widths) else WIDTH
        sheet.column_dimensions[get_column_letter(at + 1)].width = width
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, heading, **_HEAD) for heading in one.headings])
    lines = 1
    for row in one.rows:
        sheet.append([_cell(sheet, value) for value in row])
        lines += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(1, len(one.headings)))}{lines}"


def _cell(sheet: Any, value: object, **look: Any) -> Any:
    plain = _plain(value)
    cell = WriteOnlyCell(sheet, plain)
    if isinstance(plain, str):
        cell.data_type = "s"  # whatever it begins with
        cell.number_format = "@"
        cell.quotePrefix = plain.startswith(_STARTS_A_FORMULA)
    for name, setting in look.items():
        setattr(cell, name, setting)
    return cell


def _plain(value: object) -> int | float | str | None:
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"{clock.local(value) if value.tzinfo else value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return _ILLEGAL.sub("", str(value))[:LONGEST_CELL]
