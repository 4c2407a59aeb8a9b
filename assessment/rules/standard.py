"""国办秘函〔2019〕19号 as data: `presets/self_check.yaml`. National numbers are read from there, like parameters; the
office's own are rows (`Threshold`), which may only be stricter. So a new national number comes with the software.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache as keep
from typing import Any

import yaml
from django.conf import settings

LESS, MORE, FIXED = "less", "more", "none"


@dataclass(frozen=True)
class Number:
    """One national number. `tighter`: the way in which the office may change it; `certainty` H, M or L."""

    key: str
    item: str
    label: str
    value: int
    unit: str
    tighter: str
    certainty: str
    since: date

    @property
    def said(self) -> str:
        return f"{self.label} {self.value} {self.unit}"

    def is_stricter(self, value: int) -> bool:
        """Whether `value` asks more than the national number does."""
        if self.tighter == LESS:
            return 0 < value < self.value
        return self.tighter == MORE and value > self.value


class Limits:
    """The numbers in force on a day for one site: of the national one and the office's own the strictest."""

    def __init__(self, day: date, own: Iterable[Mapping[str, Any]] = (), site: int | None = None):
        self.day = day
        self._own = [row for row in own if row["site"] in (None, site) and _holds(row, day)]

    def __getitem__(self, key: str) -> int:
        return self.of(key)

    def warning(self, key: str, limit: str) -> int:
        """The number that warns of `limit`; where the office set that stricter, as much before it as nationally."""
        ahead = numbers()[limit].value - numbers()[key].value
        return min(self[key], max(1, self[limit] - ahead))

    def of(self, key: str, classes: Iterable[str] = ()) -> int:
        """The number for a column of any of these `classes`, too, where the office has one for a class of columns."""
        number, wanted = numbers()[key], {"", *classes}
        found = [row["value"] for row in self._own if row["key"] == key and row["column_class"] in wanted]
        stricter = [value for value in found if number.is_stricter(value)]
        return (max if number.tighter == MORE else min)([number.value, *stricter])


def _holds(row: Mapping[str, Any], day: date) -> bool:
    return row["since"] <= day and (row["until"] is None or day < row["until"])


def numbers() -> dict[str, Number]:
    """By key, in the order of the items."""
    return _numbers(str(settings.PRESETS_DIR / "self_check.yaml"))


def standard() -> dict[str, Any]:
    """The whole of `presets/self_check.yaml`."""
    return _read(str(settings.PRESETS_DIR / "self_check.yaml"))


@keep
def _numbers(path: str) -> dict[str, Number]:
    return {row["key"]: Number(**row) for row in _read(path)["thresholds"]}


@keep
def _read(path: str) -> dict[str, Any]:
    with open(path, encoding="utf-8") as file:
        return yaml.safe_load(file)
