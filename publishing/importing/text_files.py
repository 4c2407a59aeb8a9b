"""Plain texts: one article each."""

from collections.abc import Iterator
from pathlib import Path

from portal.spreadsheets.tables import Place, text_of
from portal.spreadsheets.text_files import read_text
from publishing.importing.rows import Row

MOST_BYTES = 8 * 1024 * 1024
LONGEST_TITLE = 60


def read(path: Path, name: str) -> Iterator[Row]:
    """A plain text: its first line is the title if it is short and more follows, else the file's name is."""
    lines = [line for line in map(text_of, read_text(path, MOST_BYTES).splitlines()) if line]
    title = path.stem
    if len(lines) > 1 and len(lines[0]) <= LONGEST_TITLE:
        title, *lines = lines
    yield Row(Place(name), {"title": title, "body": "\n".join(lines)})
