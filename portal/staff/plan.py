"""What an intake would do: shown before it is done, and done as it was shown."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from portal.models import Department, User
from portal.spreadsheets import Place, Refusal


@dataclass(frozen=True, slots=True)
class Said:
    """One field of one person: the value to write, and how people read it and what stood there before."""

    field: str
    label: str
    value: Any
    new: str
    old: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One person to add (`pk` is None) or to change. `password` is the hash of an initial one, "" for none."""

    place: Place
    pk: int | None
    staff_number: str
    name: str
    said: tuple[Said, ...]
    password: str = ""


@dataclass
class Plan:
    """The judged rows of one source against the register as it was (`register`)."""

    source: str
    register: str
    new: list[Item] = field(default_factory=list)
    changed: list[Item] = field(default_factory=list)
    unchanged: int = 0
    refused: list[Refusal] = field(default_factory=list)
    absent: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def has_work(self) -> bool:
        return bool(self.new or self.changed)

    def packed(self) -> dict[str, Any]:
        """As plain data, to be signed and brought back by `unpacked`."""
        return asdict(self)

    @classmethod
    def unpacked(cls, data: dict[str, Any]) -> "Plan":
        return cls(
            **{
                **data,
                "new": [_item(one) for one in data["new"]],
                "changed": [_item(one) for one in data["changed"]],
                "refused": [Refusal(**{**one, "place": Place(**one["place"])}) for one in data["refused"]],
                "absent": [(number, name) for number, name in data["absent"]],
            }
        )


def _item(data: dict[str, Any]) -> Item:
    said = tuple(Said(**one) for one in data["said"])
    return Item(**{**data, "place": Place(**data["place"]), "said": said})


def register_state() -> str:
    """A fingerprint of the register and of the departments it refers to; another one means it has changed."""
    digest = hashlib.sha256()
    for row in _register():
        digest.update(json.dumps(row, ensure_ascii=False).encode())
    return digest.hexdigest()


def _register() -> Iterator[tuple[Any, ...]]:
    people = User.objects.order_by("pk").values_list(
        "pk", "staff_number", "name", "department_id", "title", "email", "phone", "is_active", "is_staff"
    )
    yield from people.iterator(chunk_size=2000)
    yield from Department.objects.order_by("pk").values_list(
        "pk", "name", "short_name", "code", "parent_id", "is_active"
    )
