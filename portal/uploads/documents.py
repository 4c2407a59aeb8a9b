"""Which document a file really is: magic numbers, the parts of an Office file, the letters of a text."""

import codecs
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from portal.uploads.archives import BROKEN, open_zip_safely
from portal.uploads.refusal import UploadRefused

_OOXML = "application/vnd.openxmlformats-officedocument."
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": _OOXML + "wordprocessingml.document",
    "xlsx": _OOXML + "spreadsheetml.sheet",
    "pptx": _OOXML + "presentationml.presentation",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "txt": "text/plain",
    "csv": "text/csv",
}
LABELS = {  # Latin words stand off from the Chinese before them
    "pdf": " PDF 文档",
    "docx": " Word 文档",
    "doc": " Word 文档",
    "xlsx": " Excel 表格",
    "xls": " Excel 表格",
    "pptx": " PPT 演示文稿",
    "txt": "纯文本",
    "csv": " CSV 表格",
}
_MAIN_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_OLE_STREAMS = {
    "WordDocument": "doc",
    "Workbook": "xls",
    "Book": "xls",
    "_VBA_PROJECT": "",
    "EncryptedPackage": "",
}
_OLE_ENTRY = re.compile(
    b"|".join(re.escape((name + "\0").encode("utf-16-le")) for name in _OLE_STREAMS), re.IGNORECASE
)
_OLE_ENTRY_BYTES = 128
_CHUNK = 1024 * 1024
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_MACROS = "含有宏：请另存为不含宏的格式后再上传"
_LOCKED = "设有打开密码：请取消密码后再上传"


def recognise(file: BinaryIO, name: str, extension: str) -> str | None:
    """The document's true ending ("docx"), or None when it is none we take. Raises UploadRefused."""
    file.seek(0)
    head = file.read(8)
    if head.startswith(b"%PDF-"):
        return _pdf(file, name)
    if head.startswith(b"PK\x03\x04"):
        return _ooxml(file, name)
    if head == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return _ole(file, name, extension)
    if extension in ("txt", "csv") and _is_text(file):
        return extension
    return None


def _pdf(file: BinaryIO, name: str) -> str:
    length = file.seek(0, 2)
    file.seek(max(0, length - 2048))
    if b"%%EOF" not in file.read():
        raise UploadRefused(name, BROKEN)
    return "pdf"


def _ooxml(file: BinaryIO, name: str) -> str | None:
    with open_zip_safely(file, name) as archive:
        parts = {part.lower() for part in archive.namelist()}
        if "[content_types].xml" not in parts:
            return None
        kinds = [kind for part, kind in _MAIN_PARTS.items() if part in parts]
        if not kinds:
            return None
        has_macros = any(part.endswith("/vbaproject.bin") or "/macrosheets/" in part for part in parts)
        if has_macros or b"macroenabled" in _content_types(archive, name).lower():
            raise UploadRefused(name, _MACROS)
    return kinds[0] if len(kinds) == 1 else None


def _content_types(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        with archive.open("[Content_Types].xml") as part:
            return part.read(_CHUNK)
    except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise UploadRefused(name, BROKEN) from error


def _ole(file: BinaryIO, name: str, extension: str) -> str | None:
    """Office 97–2003: the streams named in the file's directory say what it is."""
    streams = _ole_streams(file)
    if "_vba_project" in streams:
        raise UploadRefused(name, _MACROS)
    if "encryptedpackage" in streams:
        raise UploadRefused(name, _LOCKED)
    kinds = {_OLE_STREAMS[stream] for stream in _OLE_STREAMS if stream.lower() in streams}
    return extension if extension in kinds else min(kinds, default=None)


def _ole_streams(file: BinaryIO) -> set[str]:
    """Lower-case names, of those we look for, that stand in a directory entry (128 bytes, aligned)."""
    found = set()
    for chunk in _chunks(file):
        for entry in _OLE_ENTRY.finditer(chunk):
            length = int.from_bytes(chunk[entry.start() + 64 : entry.start() + 66], "little")
            if entry.start() % _OLE_ENTRY_BYTES == 0 and length == len(entry[0]):
                found.add(entry[0].decode("utf-16-le").rstrip("\0").lower())
    return found


def _is_text(file: BinaryIO) -> bool:
    """Whether the whole file reads as UTF-8 or GB 18030 without control characters."""
    return any(_reads_as(file, encoding) for encoding in ("utf-8-sig", "gb18030"))


def _reads_as(file: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for chunk in _chunks(file):
            if _NOT_TEXT.search(decoder.decode(chunk)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(_CHUNK):
        yield chunk
