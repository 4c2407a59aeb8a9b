"""Reading the workbook back: what it wants, cell by cell, and which cells cannot be taken and why.

Only cells that stand in the file speak; columns and departments it does not name stay as they are.
"""

import zipfile
import zlib
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from columns.duties import Cell, Division, Duties, read_marks
from columns.models import Column
from columns.workbook.layout import CODES, FIRST_COLUMN, FIRST_ROW, HEADINGS, broken_seal
from portal.models import Department, Site
from portal.uploads import UploadRefused, open_zip_safely

MOST_BYTES, MOST_UNPACKED = 2 * 1024 * 1024, 30 * 1024 * 1024
MOST_SHEETS, MOST_ROWS, MOST_PLACES = 20, 3_000, 600
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AGAIN = "请从本页重新导出再编辑"


class WorkbookRefused(Exception):
    """The whole file is not taken; `message` says why and what to do."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class RefusedCell:
    """`where` is the address in the workbook, as Excel writes it."""

    where: str
    text: str
    reason: str


@dataclass
class Reading:
    """What the file wants (`wanted`), what of it cannot be taken, which columns it does not speak of."""

    fingerprint: str
    wanted: dict[Cell, Duties] = field(default_factory=dict)
    refused: list[RefusedCell] = field(default_factory=list)
    absent: list[Column] = field(default_factory=list)


def read(file: BinaryIO, name: str, site: Site, division: Division) -> Reading:
    """Raises WorkbookRefused when the file is no table of this site."""
    _check_archive(file, name)
    try:
        sealed, sheet = _find(load_workbook(file, read_only=True, keep_links=False))
    except Exception as error:  # a damaged workbook makes the parser fail in ways it does not list
        raise WorkbookRefused(f"表格打不开或已损坏：{_AGAIN}") from error
    if sealed is None:
        raise WorkbookRefused(f"不是从这里导出的分工表（隐藏的首行首列不见了）：{_AGAIN}")
    key, fingerprint = sealed
    if key != site.key:
        raise WorkbookRefused(f"这是另一个站点（{key}）的分工表，不能导入到“{site}”：请换到那个站点再导入")
    reading = Reading(fingerprint)
    _read_grid(sheet, division, reading)
    return reading


@dataclass(frozen=True)
class _Sheet:
    """The cells of one sheet as (kind, value), with their addresses."""

    title: str
    grid: list[list[tuple[str, Any]]]

    def at(self, line: int, place: int) -> tuple[str, Any]:
        row = self.grid[line - 1] if line <= len(self.grid) else []
        return row[place - 1] if place <= len(row) else ("n", None)

    def text(self, line: int, place: int) -> str:
        value = self.at(line, place)[1]
        return "" if value is None else str(value).strip()

    def refusal(self, line: int, place: int, reason: str) -> RefusedCell:
        return RefusedCell(
            f"{self.title}!{get_column_letter(place)}{line}", self.text(line, place)[:40], reason
        )


def _read_grid(sheet: _Sheet, division: Division, reading: Reading) -> None:
    departments = _departments(sheet, division, reading)
    seen: dict[str, int] = {}
    for line in range(FIRST_ROW, len(sheet.grid) + 1):
        slug = sheet.text(line, 1)
        column = division.columns.by_slug(slug) if slug else None
        filled = any(sheet.text(line, place) for place in range(2, len(sheet.grid[line - 1]) + 1))
        if column is None and filled:
            reason = f"没有地址为“{slug[:40]}”的栏目" if slug else "这一行没有栏目地址"
            reading.refused.append(
                sheet.refusal(line, 2, f"{reason}，整行不采用：新栏目请先在后台建好，{_AGAIN}")
            )
        elif column is not None and slug in seen:
            reading.refused.append(
                sheet.refusal(line, 2, f"栏目“{column}”在第 {seen[slug]} 行已出现，这一行不采用")
            )
        elif column is not None:
            seen[slug] = line
            _read_row(sheet, line, column, departments, division, reading)
    reading.absent = [column for column in division.columns if column.slug not in seen]


def _departments(sheet: _Sheet, division: Division, reading: Reading) -> dict[int, Department]:
    """By place; a place whose code is unknown or came before is refused at its heading."""
    codes = {department.code: department for department in division.departments.values()}
    found: dict[int, Department] = {}
    for place in range(FIRST_COLUMN, max((len(row) for row in sheet.grid), default=0) + 1):
        code, department = sheet.text(CODES, place), codes.get(sheet.text(CODES, place))
        filled = any(sheet.text(line, place) for line in range(HEADINGS, len(sheet.grid) + 1))
        if department is not None and department in found.values():
            reading.refused.append(sheet.refusal(HEADINGS, place, f"{department}出现了两次，这一列不采用"))
        elif department is not None:
            found[place] = department
        elif filled:
            reason = f"没有代码为“{code[:40]}”的部门" if code else "这一列没有部门代码"
            reading.refused.append(sheet.refusal(HEADINGS, place, f"{reason}，整列不采用：{_AGAIN}"))
    return found


def _read_row(
    sheet: _Sheet, line: int, column: Column, departments: dict[int, Department], division: Division,
    reading: Reading,
) -> None:  # fmt: skip
    for place, department in departments.items():
        cell = (column.pk, department.pk)
        try:
            duties = _duties(*sheet.at(line, place))
            if not department.is_active and duties - division.own(cell):
                raise ValueError(f"{department}已停用，不能再分给它新的职责")
            reading.wanted[cell] = duties
        except ValueError as error:
            reading.refused.append(sheet.refusal(line, place, str(error)))


def _duties(kind: str, value: Any) -> Duties:
    """Raises ValueError with the reason."""
    if kind == "f" or (isinstance(value, str) and value.startswith("=")):
        raise ValueError("是公式：请直接填写采、审、发、答")
    try:
        return read_marks("" if value is None else str(value))
    except ValueError as odd:
        raise ValueError(f"“{str(odd)[:20]}”没有意义：只能填采、审、发、答") from odd


def _find(book: Any) -> tuple[tuple[str, str] | None, _Sheet]:
    """The first sheet that bears the seal, read; whatever else is in the book is not looked at."""
    for sheet in book.worksheets[:MOST_SHEETS]:
        sheet.reset_dimensions()  # what the file says of its size may be wrong in both directions
        first = next(sheet.iter_rows(max_row=1, max_col=1, values_only=True), (None,))
        if sealed := broken_seal(first[0]):
            rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_PLACES)
            return sealed, _Sheet(sheet.title, [_trimmed(row) for row in rows])
    return None, _Sheet("", [])


def _trimmed(row: tuple) -> list[tuple[str, Any]]:
    length = max((place for place, cell in enumerate(row, start=1) if cell.value is not None), default=0)
    return [(cell.data_type, cell.value) for cell in row[:length]]


def _check_archive(file: BinaryIO, name: str) -> None:
    """Both layers are bounded before anything parses them; nothing may define entities."""
    if file.seek(0, 2) > MOST_BYTES:
        raise WorkbookRefused("文件超过 2 MB，不会是一张分工表")
    file.seek(0)
    if file.read(8) == _OLE:
        raise WorkbookRefused("是旧版（.xls）或加了密码的表格：请取消密码，另存为 .xlsx 后再导入")
    file.seek(0)
    try:
        with open_zip_safely(file, name) as archive:
            if "xl/workbook.xml" not in archive.namelist():
                raise WorkbookRefused("不是 Excel 表格（.xlsx）")
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                raise WorkbookRefused("表格解开后过大，不会是一张分工表")
            if any(b"<!DOCTYPE" in archive.read(part) for part in archive.namelist()):
                raise WorkbookRefused("表格内部结构不正常，已拒绝")
    except UploadRefused as refusal:
        raise WorkbookRefused(f"不是 Excel 表格（.xlsx），或{refusal.message.partition('”')[2]}") from refusal
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError) as error:
        raise WorkbookRefused(f"表格打不开或已损坏：{_AGAIN}") from error
    file.seek(0)
