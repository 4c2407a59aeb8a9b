"""What must always hold, whatever was killed, filled up or pulled out: apps say it here, `check_integrity` asks for it.

An app declares one in its `invariants.py`; it reads and never writes, and gives one Finding for each thing amiss:

    @invariant("request_numbers", "登记序号连续")
    def request_numbers() -> Iterator[Finding]: ...
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

MOST = 200
"""Findings of one kind that are listed; whether there are more is told."""


@dataclass(frozen=True)
class Finding:
    """`thing`: model and key (`publishing.article:12`) or the name of a file; `said`: what is wrong, in Chinese."""

    thing: str
    said: str


@dataclass(frozen=True)
class Invariant:
    name: str
    label: str
    check: Callable[[], Iterable[Finding]]


registry: dict[str, Invariant] = {}


def invariant(name: str, label: str) -> Callable[[Callable], Callable]:
    def register(check: Callable[[], Iterable[Finding]]) -> Callable[[], Iterable[Finding]]:
        registry[name] = Invariant(name, label, check)
        return check

    return register


def of(row: Any) -> str:
    return f"{row._meta.label_lower}:{row.pk}"


def report(names: Iterable[str] = ()) -> dict[str, Any]:
    """`{"sound": …, "checks": [{"name", "label", "more", "findings": [{"thing", "said"}]}]}`."""
    wanted = set(names)
    checks = []
    for one in registry.values():
        if wanted and one.name not in wanted:
            continue
        found = list(islice(one.check(), MOST + 1))
        checks.append({
            "name": one.name, "label": one.label, "more": len(found) > MOST,
            "findings": [asdict(finding) for finding in found[:MOST]],
        })  # fmt: skip
    return {"sound": not any(check["findings"] for check in checks), "checks": checks}
