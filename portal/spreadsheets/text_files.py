"""Text in the encodings that offices have: UTF-8 with or without mark, GB 18030, UTF-16 with its mark."""

import codecs
from pathlib import Path

from portal.spreadsheets.tables import FileRefused

_CHUNK = 256 * 1024
_OTHERS = {
    b"PK\x03\x04": "Office 文档或压缩包",
    b"\xd0\xcf\x11\xe0": "旧版 Office 文档",
    b"%PDF": "PDF 文档",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
}


def read_text(path: Path, most_bytes: int) -> str:
    """The whole text. Raises FileRefused when it is too large or no text."""
    if path.stat().st_size > most_bytes:
        raise FileRefused(f"文件超过 {most_bytes // 1024 // 1024} MB：请分成几个文件")
    return path.read_text(encoding_of(path))


def encoding_of(path: Path) -> str:
    """The encoding in which the whole file reads as text; memory stays flat. Raises FileRefused."""
    with path.open("rb") as file:
        head = file.read(4)
    for magic, what in _OTHERS.items():
        if head.startswith(magic):
            raise FileRefused(f"内容是{what}，与扩展名“{path.suffix}”不符：请改正扩展名")
    has_utf16_mark = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if has_utf16_mark else ("utf-8-sig", "gb18030"):
        if _reads_as(path, encoding):
            return encoding
    raise FileRefused("不是文本，或编码无法识别：请另存为 UTF-8")


def _reads_as(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                if "\0" in decoder.decode(chunk):
                    return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
