"""Excel workbooks, read as a stream: every sheet that shows and has a header is read."""

import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from portal.spreadsheets.office_files import opened, pieces
from portal.spreadsheets.tables import FileRefused, Headings, Line, find_header, rows_of

MOST_COLUMNS = 60
MOST_MERGED = 20_000
_MAIN, _STREAMED = "xl/workbook.xml", ("xl/worksheets/", "xl/sharedStrings")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")


def read(path: Path, name: str, headings: Headings, *, as_typed: bool = False) -> Iterator[Line]:
    """Values as last calculated. Raises FileRefused when it is no workbook or no sheet has a header.

    as_typed: a cell merged downwards stands in each of its lines; a formula that was never calculated is
    given as its text (`=A2`), so that whoever judges the row can tell it from an empty cell.
    """
    with opened(path, _MAIN, name=name, streamed=_STREAMED), path.open("rb") as file:
        try:
            book = load_workbook(file, read_only=True, data_only=True)
            typed = load_workbook(file, read_only=True) if as_typed else None
            yield from _rows(book, typed, name, headings)
        except FileRefused:
            raise
        except Exception as error:  # a damaged workbook makes the parser fail in ways it does not list
            raise FileRefused("表格打不开或中途损坏：请用原软件另存为 .xlsx 后再导入") from error


def count(path: Path) -> int | None:
    """How many lines the first sheet says it has, without the header; None when it does not say."""
    try:
        with opened(path, _MAIN, streamed=_STREAMED), path.open("rb") as file:
            lines = load_workbook(file, read_only=True).worksheets[0].max_row
    except Exception:  # as in `read`, which is where it is told
        return None
    return lines - 1 if lines else None


def _rows(book: Any, typed: Any, name: str, headings: Headings) -> Iterator[Line]:
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    sheets = shown if len(shown) == 1 else [sheet for sheet in shown if _has_header(sheet, headings)]
    if not sheets:
        raise FileRefused(f"各工作表都没有找到表头：{headings.told_needed}")
    for sheet in sheets:
        records = _as_typed(sheet, typed[sheet.title]) if typed else _records(sheet)
        yield from rows_of(records, headings, name, sheet.title if len(sheets) > 1 else "")


def _has_header(sheet: Any, headings: Headings) -> bool:
    return find_header(enumerate(_records(sheet)), headings) is not None


def _records(sheet: Any) -> Iterator[list[object]]:
    sheet.reset_dimensions()  # what the file says of its size may be wrong in both directions
    for cells in sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True):
        yield [cell.replace("_x000D_", "") if isinstance(cell, str) else cell for cell in cells]


def _as_typed(sheet: Any, typed: Any) -> Iterator[list[object]]:
    """The calculated values, with the text of formulas that have none, merged cells filled downwards."""
    merged, above = _merged_downwards(sheet), {}
    for line, (values, formulas) in enumerate(zip(_records(sheet), _records(typed), strict=False), start=1):
        record = [_or_formula(value, formula) for value, formula in zip(values, formulas, strict=False)]
        for column in [column for column, (_, last) in above.items() if last < line]:
            del above[column]
        for column, (value, _) in above.items():
            record += [None] * (column + 1 - len(record))
            record[column] = value
        for column, last in merged.get(line, ()):
            if column < len(record):
                above[column] = record[column], last
        yield record


def _or_formula(value: object, formula: object) -> object:
    return formula if value is None and isinstance(formula, str) and formula.startswith("=") else value


def _merged_downwards(sheet: Any) -> dict[int, list[tuple[int, int]]]:
    """First line of each cell merged over several lines of one column → (column, last line)."""
    found: dict[int, list[tuple[int, int]]] = {}
    # The reader of streams does not tell what is merged; its own opener of the sheet's part does.
    with sheet._get_source() as part:
        ranges = [match.decode() for piece in pieces(part) for match in _MERGED.findall(piece)]
    if len(ranges) > MOST_MERGED:
        raise FileRefused("合并单元格过多：请取消合并后再导入")
    for one in dict.fromkeys(ranges):
        left, first, right, last = range_boundaries(one)
        if left == right and last > first:
            found.setdefault(first, []).append((left - 1, last))
    return found
