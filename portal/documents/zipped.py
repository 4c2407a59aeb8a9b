"""A .zip written as it is sent: nothing of it is kept, however large it becomes. The same parts give the same bytes."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any


class _Outlet(io.RawIOBase):
    """What the zip writes, to be taken away piece by piece: nothing is kept, nothing is gone back to."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.pieces.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        data, self.pieces = b"".join(self.pieces), []
        return data


def zipped(parts: Iterable[tuple[str, Iterable[bytes]]], day: date) -> Iterator[bytes]:
    """The archive of `parts`, each a name and its content in pieces, all dated `day`."""
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED) as book:
        for name, pieces in parts:
            with book.open(_entry(name, day), "w") as part:
                for piece in pieces:
                    part.write(piece)
                    if data := outlet.taken():
                        yield data
            yield outlet.taken()
    yield outlet.taken()


def _entry(name: str, day: date) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=(*day.timetuple()[:3], 0, 0, 0))
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    return entry
