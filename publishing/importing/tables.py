"""Tables of articles: one row of an .xlsx or .csv file each."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from portal.spreadsheets import Line, csv_files, xlsx_files
from publishing.importing.rows import HEADINGS, Row


def read_xlsx(path: Path, name: str) -> Iterator[Row]:
    return _articles(xlsx_files.read(path, name, HEADINGS))


def read_csv(path: Path, name: str) -> Iterator[Row]:
    return _articles(csv_files.read(path, name, HEADINGS))


def count_csv(path: Path) -> int | None:
    return csv_files.count(path, HEADINGS)


count_xlsx = xlsx_files.count


def _articles(lines: Iterable[Line]) -> Iterator[Row]:
    for line in lines:
        yield Row(line.place, line.fields)
