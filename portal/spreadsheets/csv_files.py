"""CSV as spreadsheets write it; read as a stream."""

import csv
from collections.abc import Iterator
from pathlib import Path

from portal.spreadsheets.tables import FileRefused, Headings, Line, rows_of
from portal.spreadsheets.text_files import encoding_of

LONGEST_CELL = 2_000_000
_DELIMITERS = ",\t;"
_SAMPLE_CHARS = 16_000
csv.field_size_limit(LONGEST_CELL)


def read(path: Path, name: str, headings: Headings) -> Iterator[Line]:
    """Raises FileRefused where the file stops being a table of text."""
    yield from rows_of(_records(path, headings), headings, name)


def count(path: Path, headings: Headings) -> int | None:
    """Roughly how many rows there are: records without the header; None when the file is no table."""
    try:
        return sum(1 for record in _records(path, headings) if record) - 1
    except FileRefused:
        return None


def _records(path: Path, headings: Headings) -> Iterator[list[str]]:
    with path.open(encoding=encoding_of(path), newline="") as file:
        delimiter = _delimiter(file.read(_SAMPLE_CHARS), headings)
        file.seek(0)
        reader = csv.reader(file, delimiter=delimiter)
        try:
            yield from reader
        except csv.Error as error:
            raise FileRefused(f"第 {reader.line_num} 行附近引号不成对或单元格过长：其后没有读取") from error


def _delimiter(sample: str, headings: Headings) -> str:
    """Whichever splits some line into the most headers we know."""

    lines = sample.splitlines()[:20]

    def known(delimiter: str) -> int:
        split = ([headings.field_named(cell.strip('"')) for cell in line.split(delimiter)] for line in lines)
        return max((len(names) - names.count(None) for names in split), default=0)

    return max(_DELIMITERS, key=known)
