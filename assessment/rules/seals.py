"""The seal of a round: a digest over its rules, facts and points; what is computed again must give the same."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from assessment.models import IndicatorScore, Round, UnitScore
from assessment.rules.points import Tally, Window, number, points_for, ticked
from assessment.rules.schemes import IndicatorRules, SchemeRules


def tally_as_json(tally: Tally) -> dict[str, Any]:
    found: dict[str, Any] = {"number": _text(tally.number)}
    if tally.of is not None:
        found["of"] = _text(tally.of)
    if tally.days:
        found["days"] = sorted(day.isoformat() for day in tally.days)
    return found


def tally_of(facts: dict[str, Any]) -> Tally:
    """What `tally_as_json` wrote."""
    of = facts.get("of")
    days = frozenset(date.fromisoformat(day) for day in facts.get("days", ()))
    return Tally(number(facts.get("number", 0)), None if of is None else number(of), days)


def computed_from(facts: dict[str, Any], rules: IndicatorRules, window: Window) -> Decimal | None:
    """The points that the facts of a seal give under its rules."""
    return points_for(rules.kind, rules.settings, rules.most, tally_of(facts), window)


def digest(round_: Round, units: Iterable[UnitScore]) -> str:
    """SHA-256 over the rules, and every unit's facts and points in order of the unit."""
    said = [round_.rules, round_.cycle, str(round_.starts_on), str(round_.ends_on)]
    for score in sorted(units, key=lambda one: one.unit_id):
        points = sorted(score.points.all(), key=lambda one: one.key)
        said.append([
            score.unit_id, score.unit_name, str(score.total), score.place, score.award,
            [_point(one) for one in points],
        ])  # fmt: skip
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def contradictions(round_: Round, units: Iterable[UnitScore]) -> list[str]:
    """What of a sealed round does not follow from what was sealed with it; none when all does."""
    rules, window, units = (
        SchemeRules.read(round_.rules),
        Window(round_.starts_on, round_.ends_on),
        list(units),
    )
    found = ["校验值不符：封存的规则、事实或得分被改动"] if digest(round_, units) != round_.digest else []
    for score in units:
        points = list(score.points.all())
        total = sum((one.standing or Decimal(0) for one in points), Decimal(0))
        if total != score.total:
            found.append(f"{score.unit_name}：各项合计 {total}，总分却是 {score.total}")
        if not round_.is_summary:
            found += [
                f"{score.unit_name}“{rules.of(one.key).label}”：按封存的事实应为 {again}，记为 {one.computed}"
                for one in points
                if (again := computed_from(one.facts, rules.of(one.key), window)) != one.computed
            ]
            found += [
                f"{score.unit_name}“{rules.of(one.key).label}”：核查项合计与核定分不符"
                for one in points
                if rules.of(one.key).items
                and not one.reason
                and ticked(rules.of(one.key).settings, one.checked) != one.fixed
            ]
    return found


def _point(one: IndicatorScore) -> list[Any]:
    return [
        one.key,
        _text(one.computed),
        _text(one.claimed),
        _text(one.fixed),
        one.reason,
        one.checked,
        one.facts,
    ]


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{number(value):.2f}"
