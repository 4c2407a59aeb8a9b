"""栏目类型 of 政府网站发展指引（国办发〔2017〕47号）: told by a table, `presets/column_types.yaml`, not by code."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache as keep
from typing import Any

import yaml
from django.conf import settings

from columns.models import Column
from columns.tree import ColumnTree


@dataclass(frozen=True)
class ColumnType:
    """`watch`: which clause of the national check looks at its updates (news, notice, or none)."""

    name: str
    watch: str = ""


def type_of(column: Column, columns: ColumnTree) -> ColumnType:
    """Of the column itself or the nearest above it that the table names; what none names is `otherwise`, unwatched."""
    table = _table()
    for step in reversed(columns.path(column)):
        if row := _row_of(step, table["types"]):
            return ColumnType(row["type"], row.get("watch", ""))
    return ColumnType(table["otherwise"])


def _row_of(column: Column, rows: Iterable[dict[str, Any]]) -> dict[str, Any] | None:
    """By address or class if any row names those, else by the words of its name."""
    named = (
        row
        for row in rows
        if column.slug in row.get("keys", ())
        or (column.update_class and column.update_class in row.get("classes", ()))
    )
    spoken = (row for row in rows if any(word in column.name for word in row.get("words", ())))
    return next(named, None) or next(spoken, None)


def _table() -> dict[str, Any]:
    return _read(str(settings.PRESETS_DIR / "column_types.yaml"))


@keep
def _read(path: str) -> dict[str, Any]:
    with open(path, encoding="utf-8") as file:
        return yaml.safe_load(file)
