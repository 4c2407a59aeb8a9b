"""What the regulations list, read where it lies (`presets/*/`): checklists, kinds of violation, formulas of contests."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from django.conf import settings


@dataclass(frozen=True)
class Situation:
    """One item of a list of violations, with the list it stands in."""

    key: str
    label: str
    clause: str
    source: str
    rectify_days: int


def checklists() -> dict[str, dict[str, Any]]:
    """Every checklist by `<preset>-<key>`, the name it is chosen by."""
    return {f"{preset}-{one['key']}": one for preset, one in _rows("checklists")}


def situations() -> dict[str, Situation]:
    """Every kind of violation by its key, in the order of the lists."""
    return {
        item["key"]: Situation(
            item["key"], f"{item['number']}{item['text']}", f"{one['clause']}{item['number']}", one["name"],
            one["rectify_days"],
        )
        for _, one in _rows("violations")
        for item in one["items"]
    }  # fmt: skip


def formulas() -> dict[str, dict[str, Any]]:
    """How each kind of contest is scored, by kind; of several presets the first one that says it."""
    found: dict[str, dict[str, Any]] = {}
    for _, one in _rows("contests"):
        found.setdefault(one["kind"], one)
    return found


def _rows(name: str) -> list[tuple[str, dict[str, Any]]]:
    return _read(str(settings.PRESETS_DIR), name)


@cache
def _read(folder: str, name: str) -> list[tuple[str, dict[str, Any]]]:
    """By preset, in the order of their names; `folder` is what it is kept by."""
    paths = sorted(settings.PRESETS_DIR.glob(f"*/{name}.yaml"), key=lambda path: path.parent.name)
    return [
        (path.parent.name, row)
        for path in paths
        for row in yaml.safe_load(path.read_text(encoding="utf-8"))[name]
    ]
