"""Reading a year's holiday plan from a `.csv` or `.xlsx` file: 日期, 上班/放假, 说明. Writes nothing."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

HEADER = ("日期", "上班/放假", "说明")
WORDS = {"上班": True, "放假": False}
MOST_BYTES, MOST_UNPACKED_BYTES, MOST_ROWS, MOST_COLUMNS, MOST_NOTE = 1_000_000, 20_000_000, 400, 20, 40
DATE = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?(?: 00:00:00)?")


class PlanRow(NamedTuple):
    date: date
    is_workday: bool
    note: str


class PlanErrors(Exception):
    """Why a file was refused as a whole: `lines` are Chinese messages, each naming its line."""

    def __init__(self, *lines: str):
        super().__init__("\n".join(lines))
        self.lines = lines


def read_plan(path: Path, year: int) -> list[PlanRow]:
    """The plan of `year` in date order; days of the December before may be in it. Raises PlanErrors."""
    table = _table(path)
    at = _positions(table[0] if table else [])
    rows: dict[date, PlanRow] = {}
    errors = []
    for number, cells in enumerate(table[1:], start=2):
        if not any(cells):
            continue
        try:
            row = _row(year, *(cells[i] if i < len(cells) else "" for i in at))
            if row.date in rows:
                raise ValueError(f"日期 {row.date} 重复")
            rows[row.date] = row
        except ValueError as error:
            errors.append(f"第 {number} 行：{error}")
    if not errors and not any(not row.is_workday and row.date.year == year for row in rows.values()):
        errors.append(f"文件里没有 {year} 年放假的日子")
    if errors:
        raise PlanErrors(*errors)
    return [rows[day] for day in sorted(rows)]


def _row(year: int, day_text: str, word: str, note: str) -> PlanRow:
    match = DATE.fullmatch(day_text)
    if not match:
        raise ValueError(f"日期“{day_text}”无法识别，请写成 {year}-01-01 的样子")
    try:
        day = date(*map(int, match.groups()))
    except ValueError:
        raise ValueError(f"日期“{day_text}”不存在") from None
    if day.year != year and (day.year, day.month) != (year - 1, 12):
        raise ValueError(f"日期 {day} 不在 {year} 年的安排内")
    if word not in WORDS:
        raise ValueError(f"“上班/放假”一栏须填上班或放假，不能是“{word}”")
    if len(note) > MOST_NOTE:
        raise ValueError(f"说明超过 {MOST_NOTE} 字")
    return PlanRow(day, WORDS[word], note)


def _positions(header: list[str]) -> list[int]:
    missing = [name for name in HEADER if name not in header]
    if missing:
        raise PlanErrors(f"第 1 行：缺少列“{'”“'.join(missing)}”，表头须为 {'、'.join(HEADER)}")
    return [header.index(name) for name in HEADER]


def _table(path: Path) -> list[list[str]]:
    """All cells as stripped text, header first."""
    readers: dict[str, Callable[[bytes], Sequence[Sequence]]] = {".csv": _csv_rows, ".xlsx": _xlsx_rows}
    if path.suffix.lower() not in readers:
        raise PlanErrors(f"{path.name} 不是 .csv 或 .xlsx 文件")
    try:
        data = path.read_bytes() if path.stat().st_size <= MOST_BYTES else None
    except OSError as error:
        raise PlanErrors(f"{path} 打不开：{error.strerror}") from error
    if data is None:
        raise PlanErrors(f"{path.name} 太大，一年的安排不会超过 1 MB")
    table = readers[path.suffix.lower()](data)
    if len(table) > MOST_ROWS:
        raise PlanErrors(f"{path.name} 超过 {MOST_ROWS} 行，不像一年的安排")
    return [[str(_plain(cell)).strip() for cell in cells] for cells in table]


def _plain(cell: object) -> object:
    if isinstance(cell, datetime):
        return cell.date()
    return "" if cell is None else cell


def _csv_rows(data: bytes) -> list[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")  # what Excel saves on Chinese Windows
    try:
        return list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error as error:
        raise PlanErrors("文件打不开，可能不是 CSV 文本") from error


def _xlsx_rows(data: bytes) -> list[tuple]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED_BYTES:
                raise PlanErrors("表格解压后过大，拒绝读取")
        sheet = load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
        return list(islice(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), MOST_ROWS + 1))
    except (
        zipfile.BadZipFile,
        InvalidFileException,
        ParseError,
        LookupError,
        ValueError,
        TypeError,
    ) as error:
        raise PlanErrors("表格打不开，文件可能已损坏，请另存为 .xlsx 后再试") from error
