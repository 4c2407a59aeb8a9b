"""The scoreboard of the period a month lies in: as computed from the facts, or as made public and sealed."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessment.enums.schemes import Cycle
from assessment.enums.scores import RoundState
from assessment.models import IndicatorScore, Round, Scheme
from assessment.queries import evidence, scoring
from assessment.queries.boards import PUBLIC
from assessment.rules import ranks
from assessment.rules.points import NOTHING, Window
from assessment.rules.schemes import SchemeRules, as_json


class Command(BaseCommand):
    help = "某月（所在考核期）的得分：已公布、封存的照公布的，其余按事实现算"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--month", required=True, metavar="YYYY-MM", help="月份，如 2026-10")
        parser.add_argument("--scheme", required=True, metavar="S", help="计分办法的代码，如 mashan")
        parser.add_argument("--format", choices=["text", "json"], default="text", help="输出格式")

    def handle(self, *args, **options) -> None:
        day = _month(options["month"])
        scheme, first = _scheme(options["scheme"], day)
        round_ = Round.objects.filter(
            scheme__key=scheme.key, cycle=scheme.cycle, starts_on=first, state__in=PUBLIC
        ).first()
        found = _published(round_) if round_ else _computed(scheme, first)
        if options["format"] == "json":
            self.stdout.write(json.dumps({"month": options["month"], **found}, ensure_ascii=False))
            return
        self.stdout.write(f"{scheme.name}（第 {found['version']} 版）{Cycle(scheme.cycle).name_of(first)}")
        for unit in found["units"]:
            points = "  ".join(
                f"{one['label']} {'待核定' if one['waits'] else one['points']}" for one in unit["indicators"]
            )
            self.stdout.write(f"{unit['rank']:>4}  {unit['total']:>8}  {unit['unit']}  {points}")


def _computed(scheme: Scheme, first: date) -> dict[str, Any]:
    """From the facts as they are now, and what the office has fixed already while the round is open."""
    rules = SchemeRules.read(as_json(scheme))
    window = Window(first, Cycle(scheme.cycle).last(first))
    sheets, fixed = scoring.sheets(rules, window), _fixed(scheme, first)
    for sheet in sheets:
        sheet.points |= {
            key: points for key, points in fixed.get(sheet.unit, {}).items() if key in sheet.points
        }
    lines = {one.key: evidence.live_lines(rules, window, one.key) for one in rules.indicators}
    standings = [ranks.Standing(one.unit, one.total, one.published) for one in sheets]
    places = ranks.placed(standings, rules.ranking)
    units = [
        {
            "unit": sheet.name, "rank": places[sheet.unit], "total": float(sheet.total),
            "indicators": [
                _indicator(one, sheet.points[one.key], lines[one.key].get(sheet.unit, ())) for one in rules.indicators
            ],
        }
        for sheet in sheets
    ]  # fmt: skip
    return _board(rules, False, units)


def _fixed(scheme: Scheme, first: date) -> dict[int, dict[str, Decimal]]:
    """By unit and indicator."""
    found: dict[int, dict[str, Decimal]] = {}
    rows = IndicatorScore.objects.filter(
        fixed__isnull=False, unit_score__round__scheme=scheme, unit_score__round__cycle=scheme.cycle,
        unit_score__round__starts_on=first,
    )  # fmt: skip
    for unit, key, points in rows.values_list("unit_score__unit", "key", "fixed"):
        found.setdefault(unit, {})[key] = points
    return found


def _published(round_: Round) -> dict[str, Any]:
    """The figures as they were made public."""
    rules, units = SchemeRules.read(round_.rules), []
    for score in round_.units.select_related("unit").prefetch_related("points"):
        score.round = round_
        points = {one.key: one.standing for one in score.points.all()}
        units.append({
            "unit": score.unit_name, "rank": score.place, "total": float(score.total),
            "indicators": [
                _indicator(one, points.get(one.key, NOTHING), evidence.lines(score, rules, one.key))
                for one in rules.indicators
            ],
        })  # fmt: skip
    return _board(rules, round_.state == RoundState.FROZEN, units)


def _board(rules: SchemeRules, frozen: bool, units: list[dict[str, Any]]) -> dict[str, Any]:
    ordered = sorted(units, key=lambda one: (one["rank"], one["unit"]))
    return {"scheme": rules.key, "version": rules.version, "frozen": frozen, "units": ordered}


def _indicator(one, points, lines) -> dict[str, Any]:
    return {
        "key": one.key, "label": one.label, "clause": one.clause,
        "points": float(points or 0), "waits": points is None, "facts": [line.as_json() for line in lines],
    }  # fmt: skip


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise CommandError(f"月份“{text}”不对，请写成 2026-10 的样子") from error


def _scheme(key: str, day: date) -> tuple[Scheme, date]:
    """The version in force when the period began."""
    versions = list(Scheme.objects.filter(key=key).order_by("-version"))
    if not versions:
        known = "、".join(Scheme.objects.order_by("key").values_list("key", flat=True).distinct())
        raise CommandError(f"没有“{key}”这个计分办法；现有：{known or '无'}")
    for scheme in versions:
        first = Cycle(scheme.cycle).first(day)
        if scheme.starts_on <= first and (scheme.ends_on is None or scheme.ends_on >= first):
            return scheme, first
    raise CommandError(f"“{versions[0]}”在 {day:%Y-%m} 没有施行的版本")
