"""Zip archives (docx, xlsx, pptx) opened only when what they claim to hold is bounded.

Python reads no more from an entry than the central directory declares, so bounding what is declared bounds
what can come out: zip bombs, overlapping entries and directories too big to list are refused unread.
"""

import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from portal.uploads.refusal import UploadRefused

MAX_ENTRIES = 5_000
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_RATIO = 100
_FREE_OF_RATIO_BYTES = 8 * 1024 * 1024  # small files may compress as well as they like
_MAX_DIRECTORY_BYTES = MAX_ENTRIES * 400
_END, _END64, _LOCATOR64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_TAIL_BYTES = 22 + 65_535 + 20 + 56
_UNPACKABLE = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}

BROKEN = "已损坏，无法打开：请用原软件重新保存后再上传"
_TOO_BIG = "解压后过大，可能是压缩炸弹，已拒绝"
_ENCRYPTED = "设有打开密码：请取消密码后再上传"


def open_zip_safely(source: str | Path | BinaryIO, name: str | None = None) -> zipfile.ZipFile:
    """The archive, open for reading, its promises checked. Raises UploadRefused; the caller closes it.

    name: how messages call the file; its own name when not given.
    """
    name = name or Path(getattr(source, "name", None) or str(source)).name
    try:
        with _seekable(source) as file:
            size = _directory_size(file)
        if size is None:
            raise UploadRefused(name, BROKEN)
        if size > _MAX_DIRECTORY_BYTES:
            raise UploadRefused(name, _TOO_BIG)
        archive = zipfile.ZipFile(source)
    except (zipfile.BadZipFile, OSError, struct.error, ValueError, NotImplementedError) as error:
        if isinstance(error, UploadRefused):
            raise
        raise UploadRefused(name, BROKEN) from error
    if reason := _suspicion(archive.infolist()):
        archive.close()
        raise UploadRefused(name, reason)
    return archive


def _suspicion(entries: list[zipfile.ZipInfo]) -> str:
    """What speaks against unpacking these entries; "" when nothing does."""
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED_BYTES:
        return _TOO_BIG
    if unpacked > _FREE_OF_RATIO_BYTES and unpacked > packed * MAX_RATIO:
        return _TOO_BIG
    if any(entry.flag_bits & 0x1 for entry in entries):
        return _ENCRYPTED
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names) or any(_leaves_its_folder(entry) for entry in names):
        return "内部结构不正常，已拒绝"
    if any(entry.compress_type not in _UNPACKABLE for entry in entries):
        return BROKEN
    return ""


def _leaves_its_folder(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _directory_size(file: BinaryIO) -> int | None:
    """Bytes of the central directory as Python's reader will take them; None when there is no proper end."""
    length = file.seek(0, 2)
    file.seek(max(0, length - _TAIL_BYTES))
    tail = file.read()
    end = tail.rfind(_END)
    if end < 0 or len(tail) - end < 22:
        return None
    if end >= 20 and tail[end - 20 : end - 16] == _LOCATOR64:
        record = tail[end - 76 : end - 20] if end >= 76 else b""
        return struct.unpack_from("<Q", record, 40)[0] if record[:4] == _END64 else None
    return struct.unpack_from("<L", tail, end + 12)[0]


@contextmanager
def _seekable(source: str | Path | BinaryIO) -> Iterator[BinaryIO]:
    if isinstance(source, (str, Path)):
        with open(source, "rb") as file:
            yield file
    else:
        yield source
        source.seek(0)
