"""The conditions of praise and criticism that the regulations write down: `presets/*/mentions.yaml`."""

from dataclasses import dataclass
from functools import cache

import yaml
from django.conf import settings

from assessment.enums.slips import MentionKind


@dataclass(frozen=True)
class Condition:
    key: str
    kind: MentionKind
    text: str
    clause: str
    regulation: str

    @property
    def full_clause(self) -> str:
        """The clause with its regulation, as an entry names it."""
        return f"{self.regulation}{self.clause}"


def conditions() -> list[Condition]:
    """Of all regulations, in the order of their files."""
    return list(_read(str(settings.PRESETS_DIR)).values())


def condition(key: str) -> Condition | None:
    return _read(str(settings.PRESETS_DIR)).get(key)


@cache
def _read(folder: str) -> dict[str, Condition]:
    found: dict[str, Condition] = {}
    for path in sorted(settings.PRESETS_DIR.glob("*/mentions.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        for row in data["conditions"]:
            found[row["key"]] = Condition(
                row["key"], MentionKind(row["kind"]), row["text"], row["clause"], data["regulation"]
            )
    return found
