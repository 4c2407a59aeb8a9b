"""Tables of any format: find the headings, then one row after the other."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import chain, islice

MOST_ROWS = 200_000
_HEADER_WITHIN = 10  # a title line, a unit and a date may stand above the header

_REMARKS = re.compile(r"[\s*＊:：]|[（(].*?[）)]")
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff\ud800-\udfff]")

Record = Sequence[object]


class FileRefused(ValueError):
    """The file cannot be read, or not any further; the message is Chinese and says what to do."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the input: the file as its folder calls it, and in a table the line (in JSON, the item)."""

    file: str
    line: int | None = None
    sheet: str = ""
    unit: str = "行"

    def __str__(self) -> str:
        line = f"第 {self.line} {self.unit}" if self.line else ""
        return " ".join(part for part in (self.file, self.sheet, line) if part)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: what stands in it, by field."""

    place: Place
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was not taken, and why."""

    place: Place
    title: str
    reason: str


@dataclass(frozen=True)
class Headings:
    """What the columns of a table are called: for each field its names, the first as people are told it."""

    names: Mapping[str, tuple[str, ...]]
    needed: tuple[str, ...]

    @cached_property
    def _field_of(self) -> dict[str, str]:
        return {_bare(name): field for field, names in self.names.items() for name in names}

    def field_named(self, header: object) -> str | None:
        """The field that a heading means: “标题（必填）”, “ Title* ” → "title"; None for any other."""
        return self._field_of.get(_bare(text_of(header)))

    def told(self, field: str) -> str:
        return self.names[field][0]

    @property
    def told_needed(self) -> str:
        return f"须有{'、'.join(f'“{self.told(field)}”' for field in self.needed)}两列"


def text_of(cell: object) -> str:
    """A cell's value as a person would have typed it, without characters nobody sees."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return _UNSEEN.sub("", str(cell)).strip()


def rows_of(records: Iterable[Record], headings: Headings, file: str, sheet: str = "") -> Iterator[Line]:
    """The rows of one table, blank lines left out; line numbers as a spreadsheet shows them.

    Raises FileRefused when no header is found, a field stands in it twice, or the table is beyond MOST_ROWS.
    """
    lines: Iterator[tuple[int, Record]] = enumerate(records, start=1)
    header = find_header(lines, headings)
    if header is None:
        raise FileRefused(f"前 {_HEADER_WITHIN} 行内没有找到表头：{headings.told_needed}")
    line, record = next(lines, (0, ()))
    if extra := _second_tier(record, header, headings):
        header |= extra
    elif line:
        lines = chain([(line, record)], lines)
    for line, record in lines:
        if line > MOST_ROWS:
            raise FileRefused(f"超过 {MOST_ROWS // 10_000} 万行：其后的内容没有读取，请分成几个文件")
        fields = {name: text_of(record[at]) for name, at in header.items() if at < len(record)}
        if any(fields.values()):
            yield Line(Place(file, line, sheet), fields)


def find_header(lines: Iterator[tuple[int, Record]], headings: Headings) -> dict[str, int] | None:
    """Position of each known field, from the first of the next few lines that names all that are needed."""
    for _, record in islice(lines, _HEADER_WITHIN):
        named = [(headings.field_named(cell), at) for at, cell in enumerate(record)]
        header: dict[str, int] = {}
        for name, at in named:
            if name in header:
                raise FileRefused(f"表头中“{headings.told(name)}”出现了两次")
            if name is not None:
                header[name] = at
        if all(name in header for name in headings.needed):
            return header
    return None


def _second_tier(record: Record, header: dict[str, int], headings: Headings) -> dict[str, int]:
    """Fields named below a merged header cell: a line of known names and nothing else."""
    cells = [(headings.field_named(cell), at) for at, cell in enumerate(record) if text_of(cell)]
    names = [name for name, _ in cells]
    if not names or None in names or any(name in header for name in names):
        return {}
    return {name: at for name, at in cells if name is not None}


def _bare(header: str) -> str:
    return _REMARKS.sub("", header).lower()
