"""An .xlsx or .csv file, opened by what it is."""

from collections.abc import Iterator
from pathlib import Path

from portal.spreadsheets import csv_files, xlsx_files
from portal.spreadsheets.tables import FileRefused, Headings, Line

_SAVE_AS_XLSX = {".xls", ".et", ".xlsm", ".xlsb", ".ods", ".numbers"}


def read(path: Path, name: str, headings: Headings) -> Iterator[Line]:
    """The rows of the file that people call `name`, cells as typed. Raises FileRefused where it cannot go on."""
    suffix = path.suffix.lower()
    if suffix in _SAVE_AS_XLSX:
        raise FileRefused(f"不能读取 {suffix}：请另存为 .xlsx 后再导入")
    if suffix == ".xlsx":
        yield from xlsx_files.read(path, name, headings, as_typed=True)
    elif suffix == ".csv":
        yield from csv_files.read(path, name, headings)
    else:
        raise FileRefused("不能导入这种文件：可用 .xlsx 或 .csv")
