"""An uploaded table, read line by line; how a cell's words become a value."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from portal import spreadsheets
from portal.spreadsheets import FileRefused, Headings, Line

MOST_LINES = 500
MOST_DAYS = 9999


def lines_of(file: UploadedFile, headings: Headings) -> list[Line]:
    """Raises FileRefused when the file is no such table, or too long."""
    with NamedTemporaryFile(suffix=Path(file.name or "").suffix[:10]) as copy:
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        lines = list(spreadsheets.read(Path(copy.name), file.name or "", headings))
    if len(lines) > MOST_LINES:
        raise FileRefused(f"一次最多导入 {MOST_LINES} 行：请分成几个文件")
    return lines


def one_of(words: Mapping[str, Any], typed: str, heading: str, default: Any = None) -> Any:
    """Raises ValueError for what is none of `words`, or for nothing where there is no default."""
    if not typed and default is not None:
        return default
    if typed not in words:
        said = f"{heading}“{typed[:20]}”不认识" if typed else f"没有填写{heading}"
        raise ValueError(f"{said}：请填{'、'.join(list(words)[:20])}")
    return words[typed]


def days(typed: str, heading: str) -> int | None:
    """Whole working days, as “15” or “15 个工作日”."""
    number = typed.removesuffix("个工作日").removesuffix("工作日").strip()
    if not number:
        return None
    if not (number.isascii() and number.isdigit()) or len(number) > 4:
        raise ValueError(f"{heading}“{typed[:20]}”不是工作日数，请填整数")
    return int(number)


def short(typed: str, most: int, heading: str) -> str:
    if len(typed) > most:
        raise ValueError(f"{heading}有 {len(typed)} 字，最多 {most} 字")
    return typed
