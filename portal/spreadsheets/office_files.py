"""Office files are zip archives of XML; both layers are bounded before anything parses them."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from portal.spreadsheets.tables import FileRefused
from portal.uploads import UploadRefused, open_zip_safely

MOST_TAGS = 500_000  # a parsed tag takes about a kilobyte; a long report has some ten thousand
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHUNK = 1024 * 1024
_OVERLAP = 64


@contextmanager
def opened(
    path: Path, main_part: str, *, name: str = "", streamed: tuple[str, ...] = ()
) -> Iterator[zipfile.ZipFile]:
    """The archive once it is known to be harmless and to hold `main_part`. Raises FileRefused.

    name: how people call the file, where it is a copy of theirs.
    streamed: how the names of those parts begin that are read as a stream and may have any number of tags.
    """
    with path.open("rb") as file:
        if file.read(8) == _OLE:
            kind = path.suffix.lstrip(".")
            raise FileRefused(f"是旧版或加密的 Office 文档：请取消密码，另存为 {kind} 后再导入")
    try:
        archive = open_zip_safely(path, name or path.name)
    except UploadRefused as refusal:
        raise FileRefused(refusal.message) from refusal
    with archive:
        if main_part not in archive.namelist():
            raise FileRefused(f"内容与扩展名“{path.suffix}”不符，或已损坏：请用原软件重新保存")
        _check_markup(archive, streamed)
        yield archive


def _check_markup(archive: zipfile.ZipFile, streamed: tuple[str, ...]) -> None:
    tags = 0
    for part in archive.namelist():
        if not part.lower().endswith((".xml", ".rels")):
            continue
        counted = 0
        for chunk in _chunks(archive, part):
            if b"\0" in chunk or b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk:
                raise FileRefused("内部结构不正常，已拒绝")
            counted += chunk.count(b"<")
        tags += 0 if part.startswith(streamed) else counted
        if tags > MOST_TAGS:
            raise FileRefused("内部标记过多，可能是恶意文件，已拒绝：内容确实很长时请分成几个文件")


def _chunks(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    try:
        with archive.open(part) as file:
            yield from pieces(file)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise FileRefused("已损坏，无法打开：请用原软件重新保存") from error


def pieces(file: IO[bytes]) -> Iterator[bytes]:
    """The part piece by piece, each with the end of the one before, so that no word is cut in two."""
    end = b""
    while chunk := file.read(_CHUNK):
        yield end + chunk
        end = chunk[-_OVERLAP:]
