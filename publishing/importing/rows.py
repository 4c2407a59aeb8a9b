"""What a file says about one article, before anybody judges it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.spreadsheets import Headings, Place

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
HEADINGS = Headings(NAMES, needed=("title", "body"))


class RowRefused(ValueError):
    """This row is not taken; the message is Chinese and says why."""


@dataclass(frozen=True, slots=True)
class Row:
    """One article as the file has it: text by field, and pictures by the address the body gives them."""

    place: Place
    fields: Mapping[str, str]
    is_html: bool = False
    pictures: Mapping[str, bytes] = field(default_factory=dict)
