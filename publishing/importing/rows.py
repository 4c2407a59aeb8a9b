"""What a file says about one article, before anybody judges it; what is refused, with place and reason."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

NAMES = {
    "key": ("编号", "序列号", "id", "key"),
    "title": ("标题", "题目", "信息标题", "title"),
    "body": ("正文", "内容", "正文内容", "body", "content"),
    "summary": ("摘要", "导读", "summary", "abstract"),
    "author_name": ("作者", "撰稿人", "供稿人", "author", "author_name"),
    "source_name": ("来源", "出处", "稿件来源", "source", "source_name"),
    "is_reprint": ("转载", "是否转载", "is_reprint", "reprint"),
    "department": ("部门", "报送部门", "报送单位", "department"),
    "written_on": ("成文日期", "日期", "date", "written_on"),
    "column": ("栏目", "栏目名称", "column"),
}
FIELD_OF = {name: field for field, names in NAMES.items() for name in names}

_REMARKS = re.compile(r"[\s*＊:：]|[（(].*?[）)]")
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff\ud800-\udfff]")


class FileRefused(ValueError):
    """The file cannot be read, or not any further; the message is Chinese and says what to do."""


class RowRefused(ValueError):
    """This row is not taken; the message is Chinese and says why."""


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
class Row:
    """One article as the file has it: text by field, and pictures by the address the body gives them."""

    place: Place
    fields: Mapping[str, str]
    is_html: bool = False
    pictures: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was not taken, and why."""

    place: Place
    title: str
    reason: str


def field_named(header: object) -> str | None:
    """The field that a column's header means: “标题（必填）”, “ Title* ” → "title"; None for any other."""
    return FIELD_OF.get(_REMARKS.sub("", text_of(header)).lower())


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
