"""A JSON list of objects."""

import json
from collections.abc import Iterator
from pathlib import Path

from portal.spreadsheets import FileRefused, Place, Refusal
from portal.spreadsheets.tables import text_of
from portal.spreadsheets.text_files import read_text
from publishing.importing.rows import HEADINGS, NAMES, Row

MOST_BYTES = 64 * 1024 * 1024
_PLAIN = (str, int, float, bool, type(None))


def read(path: Path, name: str) -> Iterator[Row | Refusal]:
    """One article per object; a list of texts as body means paragraphs. Raises FileRefused."""
    try:
        items = json.loads(read_text(path, MOST_BYTES))
    except json.JSONDecodeError as error:
        raise FileRefused(f"第 {error.lineno} 行第 {error.colno} 个字符处不是有效的 JSON") from error
    except RecursionError as error:
        raise FileRefused("嵌套过深，不是稿件列表") from error
    if not isinstance(items, list):
        raise FileRefused('应是对象的列表，如 [{"标题": "…", "正文": "…"}]')
    for number, item in enumerate(items, start=1):
        yield _row(item, Place(name, number, unit="条"))


def _row(item: object, place: Place) -> Row | Refusal:
    if not isinstance(item, dict):
        return Refusal(place, "", "不是对象")
    fields: dict[str, str] = {}
    for header, value in item.items():
        if (field := HEADINGS.field_named(header)) is None:
            continue
        if isinstance(value, list) and all(isinstance(line, str) for line in value):
            value = "\n".join(value)
        if not isinstance(value, _PLAIN):
            return Refusal(place, fields.get("title", ""), f"“{NAMES[field][0]}”不是文字")
        fields[field] = text_of(value)
    return Row(place, fields)
