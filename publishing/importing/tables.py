"""Tables of any format: find the header, then one row after the other."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from publishing.importing.rows import NAMES, FileRefused, Place, Row, field_named, text_of

MOST_ROWS = 200_000
_HEADER_WITHIN = 10  # a title line, a unit and a date may stand above the header
_REQUIRED = ("title", "body")

Record = Sequence[object]


def rows_of(records: Iterable[Record], file: str, sheet: str = "") -> Iterator[Row]:
    """The articles of one table, blank lines left out; line numbers as a spreadsheet shows them.

    Raises FileRefused when no header is found, a field stands in it twice, or the table is beyond MOST_ROWS.
    """
    lines: Iterator[tuple[int, Record]] = enumerate(records, start=1)
    header = find_header(lines)
    if header is None:
        needed = "、".join(f"“{NAMES[name][0]}”" for name in _REQUIRED)
        raise FileRefused(f"前 {_HEADER_WITHIN} 行内没有找到表头：须有{needed}两列")
    line, record = next(lines, (0, ()))
    if extra := _second_tier(record, header):
        header |= extra
    elif line:
        lines = chain([(line, record)], lines)
    for line, record in lines:
        if line > MOST_ROWS:
            raise FileRefused(f"超过 {MOST_ROWS // 10_000} 万行：其后的内容没有读取，请分成几个文件")
        fields = {name: text_of(record[at]) for name, at in header.items() if at < len(record)}
        if any(fields.values()):
            yield Row(Place(file, line, sheet), fields)


def find_header(lines: Iterator[tuple[int, Record]]) -> dict[str, int] | None:
    """Position of each known field, from the first of the next few lines that names a title and a body."""
    for _, record in islice(lines, _HEADER_WITHIN):
        named = [(field_named(cell), at) for at, cell in enumerate(record)]
        header: dict[str, int] = {}
        for name, at in named:
            if name in header:
                raise FileRefused(f"表头中“{NAMES[name][0]}”出现了两次")
            if name is not None:
                header[name] = at
        if all(name in header for name in _REQUIRED):
            return header
    return None


def _second_tier(record: Record, header: dict[str, int]) -> dict[str, int]:
    """Fields named below a merged header cell: a line of known names and nothing else."""
    cells = [(field_named(cell), at) for at, cell in enumerate(record) if text_of(cell)]
    names = [name for name, _ in cells]
    if not names or None in names or any(name in header for name in names):
        return {}
    return {name: at for name, at in cells if name is not None}
