"""A scheme as plain data: what a round is computed from, sealed with, and checked against when loaded or edited."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any, NamedTuple

from assessment.enums.schemes import IndicatorKind, Summary
from assessment.models import Scheme
from assessment.rules.points import number

NEEDED = {
    IndicatorKind.COUNTED: ("per_item",),
    IndicatorKind.BANDED: ("bands",),
    IndicatorKind.RHYTHM: ("weekly", "half_monthly", "monthly"),
    IndicatorKind.DEDUCTED: ("per_item",),
    IndicatorKind.CHECKLIST: ("items",),
}
"""Settings that a kind cannot do without."""

NEEDS_MOST = frozenset(
    {IndicatorKind.DEDUCTED, IndicatorKind.RATIO, IndicatorKind.VOTE, IndicatorKind.MANUAL}
)
BY_PEOPLE = frozenset({IndicatorKind.CHECKLIST, IndicatorKind.MANUAL})
"""Kinds for which no fact is asked."""

NUMBERS = frozenset({"per_item", "weekly", "half_monthly", "monthly", "times", "least_votes"})
"""Settings that the office edits as single numbers; `bands` and `items` have their own shape."""


@dataclass(frozen=True)
class IndicatorRules:
    key: str
    label: str
    group: str
    kind: str
    fact: str
    most: Decimal | None
    settings: dict[str, Any]
    clause: str

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> "IndicatorRules":
        most = data.get("most")
        return cls(
            data["key"], data["label"], data.get("group") or "", data["kind"], data.get("fact") or "",
            None if most is None else number(most), dict(data.get("settings") or {}), data["clause"],
        )  # fmt: skip

    @property
    def is_by_people(self) -> bool:
        return self.kind in BY_PEOPLE

    @property
    def items(self) -> list[dict[str, Any]]:
        """Of a checklist."""
        return list(self.settings.get("items", ()))


@dataclass(frozen=True)
class SchemeRules:
    """A scheme as it stood: what `Round.rules` keeps."""

    key: str
    version: int
    name: str
    cycle: str
    unit_kinds: tuple[str, ...]
    ranking: str
    full_marks: Decimal | None = None
    pass_mark: Decimal | None = None
    counts_closed_units: bool = True
    rectify_days: int | None = None
    objection_days: int = 0
    joint_offices: int = 1
    summary: str = Summary.MEAN
    awards: tuple[dict[str, Any], ...] = ()
    clause: str = ""
    indicators: tuple[IndicatorRules, ...] = field(default=())

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> "SchemeRules":
        plain: dict[str, Any] = {name: data[name] for name in PLAIN if name in data}
        marks: dict[str, Any] = {
            name: None if data.get(name) is None else number(data[name]) for name in MARKS
        }
        return cls(
            **plain, **marks, unit_kinds=tuple(data["unit_kinds"]), awards=tuple(data.get("awards") or ()),
            indicators=tuple(IndicatorRules.read(one) for one in data["indicators"]),
        )  # fmt: skip

    def of(self, key: str) -> IndicatorRules:
        """One indicator; a key that is none raises KeyError."""
        for one in self.indicators:
            if one.key == key:
                return one
        raise KeyError(key)


PLAIN = (
    "key", "version", "name", "cycle", "ranking", "counts_closed_units", "rectify_days", "objection_days",
    "joint_offices", "summary", "clause",
)  # fmt: skip
MARKS = ("full_marks", "pass_mark")


def as_json(scheme: Scheme, *, with_awards: bool = True) -> dict[str, Any]:
    """What a round keeps of its scheme; the office's later edits leave it alone."""
    data = {name: getattr(scheme, name) for name in (*PLAIN, "unit_kinds")}
    data |= {name: _text(getattr(scheme, name)) for name in MARKS}
    data["awards"] = scheme.awards if with_awards else []
    data["indicators"] = [
        {
            "key": one.key, "label": one.label, "group": one.group, "kind": one.kind, "fact": one.fact,
            "most": _text(one.most), "settings": one.settings, "clause": one.clause,
        }
        for one in scheme.indicators.all()
    ]  # fmt: skip
    return data


class Fault(NamedTuple):
    """What is wrong with a scheme as data, where: steps into it, and the words."""

    path: tuple[str | int, ...]
    message: str


def faults(data: Mapping[str, Any], facts: Mapping[str, frozenset[str]]) -> Iterator[Fault]:
    """What the schema cannot say: kinds that miss their numbers, facts that are not there, marks that do not add up.

    `facts`: by key, the kinds that a source serves.
    """
    for place, one in enumerate(data["indicators"]):
        for path, message in _faults_of(one, facts):
            yield Fault(("indicators", place, *path), message)
    keys = [one["key"] for one in data["indicators"]]
    for place, key in enumerate(keys):
        if key in keys[:place]:
            yield Fault(("indicators", place, "key"), f"“{key}”写了两次")
    yield from _adds_up(data)


def _faults_of(one: Mapping[str, Any], facts: Mapping[str, frozenset[str]]) -> Iterator[Fault]:
    kind, fact, settings = one["kind"], one.get("fact") or "", one.get("settings") or {}
    if kind not in IndicatorKind.values:
        yield Fault(("kind",), f"没有“{kind}”这种计分方式")
        return
    if kind in BY_PEOPLE:
        if fact:
            yield Fault(("fact",), f"“{IndicatorKind(kind).label}”由人核定，不取事实来源")
    elif fact not in facts:
        yield Fault(("fact",), f"没有“{fact}”这个事实来源")
    elif kind not in facts[fact]:
        yield Fault(("fact",), f"“{fact}”不能用于“{IndicatorKind(kind).label}”")
    for name in NEEDED.get(IndicatorKind(kind), ()):
        if name not in settings:
            yield Fault(("settings",), f"“{IndicatorKind(kind).label}”须有“{name}”")
    if kind in NEEDS_MOST and one.get("most") is None:
        yield Fault(("most",), f"“{IndicatorKind(kind).label}”须写明最高分")
    if kind == IndicatorKind.CHECKLIST and "items" in settings:
        total = sum(number(item["points"]) for item in settings["items"])
        if one.get("most") is not None and number(one["most"]) != total:
            yield Fault(("most",), f"各核查项合计 {total} 分，与最高分 {one['most']} 不符")


def _adds_up(data: Mapping[str, Any]) -> Iterator[Fault]:
    """满分 is what the indicators can bring together; where one has no ceiling, there is none."""
    if data.get("full_marks") is None:
        return
    full, most = number(data["full_marks"]), [one.get("most") for one in data["indicators"]]
    if None in most:
        yield Fault(("full_marks",), "有指标没有最高分，不能写满分")
    elif (total := sum(number(one) for one in most)) != full:
        yield Fault(("full_marks",), f"各指标最高分合计 {total}，与满分 {full} 不符")


def overlapping(spans: Iterable[tuple[Any, Any]]) -> bool:
    """Whether two of (starts_on, ends_on or None) share a day."""
    ordered = sorted(spans, key=lambda one: one[0])
    return any(before[1] is None or before[1] >= after[0] for before, after in pairwise(ordered))


def decimal_of(text: str) -> Decimal | None:
    """A number that somebody typed; None when it is none, or not finite."""
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(number(value).normalize().quantize(Decimal("0.01")))
