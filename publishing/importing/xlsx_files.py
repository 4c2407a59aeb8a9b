"""Excel workbooks, read as a stream: every sheet that shows and has a header is read."""

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from publishing.importing.office_files import opened
from publishing.importing.rows import FileRefused, Row
from publishing.importing.tables import find_header, rows_of

MOST_COLUMNS = 60
_MAIN, _STREAMED = "xl/workbook.xml", ("xl/worksheets/", "xl/sharedStrings")
warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")


def read(path: Path, name: str) -> Iterator[Row]:
    """Values as last calculated. Raises FileRefused when it is no workbook or no sheet has a header."""
    with opened(path, _MAIN, streamed=_STREAMED), path.open("rb") as file:
        try:
            yield from _rows(load_workbook(file, read_only=True, data_only=True), name)
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


def _rows(book: Any, name: str) -> Iterator[Row]:
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    sheets = shown if len(shown) == 1 else [sheet for sheet in shown if _has_header(sheet)]
    if not sheets:
        raise FileRefused("各工作表都没有找到表头：须有“标题”“正文”两列")
    for sheet in sheets:
        yield from rows_of(_records(sheet), name, sheet.title if len(sheets) > 1 else "")


def _has_header(sheet: Any) -> bool:
    return find_header(enumerate(_records(sheet))) is not None


def _records(sheet: Any) -> Iterator[list[object]]:
    sheet.reset_dimensions()  # what the file says of its size may be wrong in both directions
    for cells in sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True):
        yield [cell.replace("_x000D_", "") if isinstance(cell, str) else cell for cell in cells]
