"""Points of all units for one period under one version of a scheme: a few grouped queries, no work unit by unit."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, Q

from assessment.enums.schemes import Summary
from assessment.enums.scores import RoundState
from assessment.models import IndicatorScore, Round, UnitScore
from assessment.queries import facts
from assessment.queries.facts.base import FACTS, Fact, options_of
from assessment.rules.points import EMPTY, NOTHING, Tally, Window, points_for, rounded
from assessment.rules.schemes import IndicatorRules, SchemeRules
from assessment.rules.seals import tally_as_json
from portal import lineage
from portal.models import Department

__all__ = ["Sheet", "credited", "facts", "sheets", "summary_sheets", "units"]
ITEMS = "published"


@dataclass
class Sheet:
    """One unit: by indicator its points (None: a person has to say) and from what they were counted."""

    unit: int
    name: str
    published: int = 0
    points: dict[str, Decimal | None] = field(default_factory=dict)
    facts: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def total(self) -> Decimal:
        return sum((points for points in self.points.values() if points is not None), NOTHING)


def sheets(rules: SchemeRules, window: Window) -> list[Sheet]:
    """Every unit in force in the window, in the order of departments; each source of facts is asked once."""
    found, counts = units(rules, window), _Counts(rules, window)
    made = []
    for unit in found:
        sheet = Sheet(unit.pk, unit.name, int(counts.of(unit, ITEMS, {}).number))
        for one in rules.indicators:
            tally = EMPTY if one.is_by_people else counts.of(unit, one.fact, options_of(one.settings))
            sheet.points[one.key] = points_for(one.kind, one.settings, one.most, tally, window)
            sheet.facts[one.key] = {} if one.is_by_people else tally_as_json(tally)
        made.append(sheet)
    return made


def units(rules: SchemeRules, window: Window) -> list[Department]:
    """Departments of the kinds that are scored, in force in the window. One closed in its course counts up to that day,
    or not at all, as the scheme says."""
    in_force = Q(is_active=True) | Q(closed_on__gte=window.starts_on)
    rows = Department.objects.filter(in_force, kind__in=rules.unit_kinds).order_by("position", "pk")
    if not rules.counts_closed_units:
        rows = rows.exclude(is_active=False, closed_on__lte=window.ends_on)
    return list(rows.only("pk", "name", "is_active", "closed_on"))


def credited(rules: SchemeRules, scored: Iterable[int]) -> dict[int, int]:
    """Whose account each department's work goes to: its own, or that of the nearest above it of a kind that is scored."""
    scored, parents = set(scored), lineage.department_parents()
    of_kind = set(Department.objects.filter(kind__in=rules.unit_kinds).values_list("pk", flat=True))
    found = {}
    for pk in parents:
        nearest = next((step for step in lineage.upwards(pk, parents) if step in of_kind), None)
        if nearest in scored:
            found[pk] = nearest
    return found


class _Counts:
    """Tallies by unit, asked once a source and set of options; of units that closed, up to their last day."""

    def __init__(self, rules: SchemeRules, window: Window):
        self.rules, self.window = rules, window
        self.whose = credited(rules, [unit.pk for unit in units(rules, window)])
        self.known: dict[tuple, dict[int, Tally]] = {}

    def of(self, unit: Department, fact: str, options: dict[str, Any]) -> Tally:
        window = self.window
        if not unit.is_active and unit.closed_on and unit.closed_on < window.ends_on:
            window = Window(window.starts_on, unit.closed_on)
        key = (fact, repr(sorted(options.items())), window)
        if key not in self.known:
            self.known[key] = self._ask(FACTS[fact], options, window)
        return self.known[key].get(unit.pk, EMPTY)

    def _ask(self, fact: Fact, options: dict[str, Any], window: Window) -> dict[int, Tally]:
        found: dict[int, Tally] = {}
        for department, tally in fact.tally(window, options).items():
            if unit := self.whose.get(department):
                found[unit] = found[unit] + tally if unit in found else tally
        return found


def summary_sheets(rules: SchemeRules, rounds: Iterable[Round]) -> list[Sheet]:
    """年度汇总 (麻山第四条): points of the rounds published, added up or averaged over those a unit took part in."""
    found: dict[int, Sheet] = {}
    for round_ in rounds:
        for score in round_.units.all():
            sheet = found.setdefault(score.unit_id, Sheet(score.unit_id, score.unit_name))
            sheet.name, sheet.published = score.unit_name, sheet.published + score.published
            for point in score.points.all():
                rows = sheet.facts.setdefault(point.key, {"rounds": []})["rounds"]
                rows.append([round_.pk, round_.period, f"{point.standing or NOTHING:.2f}"])
    for sheet in found.values():
        sheet.points = {one.key: _summed(rules, one, sheet) for one in rules.indicators}
    return sorted(found.values(), key=lambda one: one.unit)


def rounds_to_sum(key: str, cycle: str, window: Window) -> list[Round]:
    """The rounds of a scheme, of its own cycle, that were published within the window; the earliest first."""
    rows = Round.objects.filter(
        scheme__key=key, cycle=cycle, starts_on__gte=window.starts_on, ends_on__lte=window.ends_on,
        state__in=(RoundState.PUBLISHED, RoundState.FROZEN),
    )  # fmt: skip
    points = IndicatorScore.objects.only("unit_score", "key", "computed", "fixed")
    scores = UnitScore.objects.prefetch_related(Prefetch("points", points))
    return list(
        rows.select_related("scheme").prefetch_related(Prefetch("units", scores)).order_by("starts_on")
    )


def _summed(rules: SchemeRules, one: IndicatorRules, sheet: Sheet) -> Decimal:
    figures = [Decimal(row[2]) for row in sheet.facts.setdefault(one.key, {"rounds": []})["rounds"]]
    total = sum(figures, NOTHING)
    if rules.summary == Summary.MEAN and figures:
        total /= len(figures)
    return rounded(total)


def things(rules: SchemeRules, window: Window) -> Iterator[tuple[str, dict[int, list[int]]]]:
    """By indicator, what each unit's number was counted from: what a seal keeps (ids of the fact's kind of thing)."""
    scored = units(rules, window)
    whose, closed = credited(rules, [unit.pk for unit in scored]), _last_days(scored, window)
    asked: dict[tuple, dict[int, list[int]]] = {}
    for one in rules.indicators:
        if one.is_by_people:
            continue
        options = options_of(one.settings)
        for until in {window.ends_on, *closed.values()}:
            key = (one.fact, repr(sorted(options.items())), until)
            if key not in asked:
                asked[key] = _credit(FACTS[one.fact].ids(Window(window.starts_on, until), options), whose)
        yield (
            one.key,
            {
                unit.pk: asked[
                    one.fact, repr(sorted(options.items())), closed.get(unit.pk, window.ends_on)
                ].get(unit.pk, [])
                for unit in scored
            },
        )


def _last_days(scored: Iterable[Department], window: Window) -> dict[int, Any]:
    return {
        unit.pk: unit.closed_on
        for unit in scored
        if not unit.is_active and unit.closed_on and unit.closed_on < window.ends_on
    }


def _credit(ids: dict[int, list[int]], whose: dict[int, int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for department, rows in ids.items():
        if unit := whose.get(department):
            found.setdefault(unit, []).extend(rows)
    return found
