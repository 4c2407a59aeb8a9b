"""Scoreboards: places, changes, figures by indicator and the last twelve totals, for readers and for the desk.

Everything else that is drawn from scores (maps, bulletins) starts here:

    public_schemes()          the schemes that have something public, each with its latest round
    rounds_of(key, cycle)     the public rounds of a scheme, the latest first
    board(round, page)        one page of units with all that a board shows, in six queries whatever their number
    totals(rounds)            {unit: {round: total}}, for maps and lines over time
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet

from assessment.enums.scores import RoundState
from assessment.models import IndicatorScore, Round, Scheme, UnitScore
from assessment.rules.points import NOTHING
from assessment.rules.schemes import IndicatorRules, SchemeRules

PUBLIC = (RoundState.PUBLISHED, RoundState.FROZEN)
PAGE_SIZE = 50
LINE = 12
"""How many rounds a line over time shows."""


@dataclass(frozen=True)
class Figure:
    """One indicator of one unit on a board: `of` is what a full bar stands for."""

    rules: IndicatorRules
    points: Decimal | None
    of: Decimal


@dataclass
class Row:
    score: UnitScore
    figures: list[Figure] = field(default_factory=list)
    before: int | None = None
    line: list[Decimal] = field(default_factory=list)

    @property
    def change(self) -> int | None:
        """Places gained (above 0) or lost since the round before; None where there was none."""
        if self.before is None or self.score.place is None:
            return None
        return self.before - self.score.place

    @property
    def change_in_words(self) -> str:
        if self.change is None:
            return "新上榜"
        if self.change == 0:
            return "持平"
        return f"上升 {self.change} 位" if self.change > 0 else f"下降 {-self.change} 位"


@dataclass(frozen=True)
class Board:
    round: Round
    rules: SchemeRules
    indicators: list[IndicatorRules]
    page: Page
    rows: list[Row]


def public_schemes() -> list[Round]:
    """The latest public round of every scheme and cycle, monthly ones first; each stands for its scheme."""
    latest: dict[tuple[str, str], Round] = {}
    rows = Round.objects.filter(state__in=PUBLIC).select_related("scheme").defer("scheme__note")
    for round_ in rows.order_by("-starts_on", "-pk"):
        latest.setdefault((round_.scheme.key, round_.cycle), round_)
    order = {"MONTH": 0, "QUARTER": 1, "YEAR": 2}
    return sorted(latest.values(), key=lambda one: (order[one.cycle], one.scheme.name))


def rounds_of(key: str, cycle: str) -> QuerySet[Round]:
    """Public rounds of all versions of a scheme, the latest first."""
    rows = Round.objects.filter(scheme__key=key, cycle=cycle, state__in=PUBLIC)
    return rows.select_related("scheme").order_by("-starts_on")


def board(round_: Round, number: int | str | None = 1) -> Board:
    """One page, in order of place (of an open round: of the total so far). Queries: units counted, units, points, the
    round before, its places, the last twelve totals."""
    rules = SchemeRules.read(round_.rules)
    found = round_.units.order_by(F("place").asc(nulls_last=True), "-total", "unit__position", "unit")
    page = Paginator(found.select_related("unit"), PAGE_SIZE).get_page(number)
    scores = list(page.object_list)
    points, lines, before = _points(scores), _lines(round_, scores), _places_before(round_, scores)
    scoring = [
        one for one in rules.indicators if one.most != 0
    ]  # others are only told, on the unit's own page
    tops = {one.key: _top(one, points.values()) for one in scoring}
    rows = [
        Row(
            score, [Figure(one, points[score.pk].get(one.key), tops[one.key]) for one in scoring],
            before.get(score.unit_id), lines.get(score.unit_id, []),
        )
        for score in scores
    ]  # fmt: skip
    return Board(round_, rules, scoring, page, rows)


def round_before(round_: Round) -> Round | None:
    """The last public round of the same scheme and cycle before this one."""
    key = Scheme.objects.filter(pk=round_.scheme_id).values("key")
    rows = Round.objects.filter(scheme__key__in=key, cycle=round_.cycle, starts_on__lt=round_.starts_on)
    return rows.filter(state__in=PUBLIC).order_by("-starts_on").first()


def totals(rounds: Iterable[Round]) -> dict[int, dict[int, Decimal]]:
    """By unit and round; one query."""
    found: dict[int, dict[int, Decimal]] = defaultdict(dict)
    rows = UnitScore.objects.filter(round__in=list(rounds)).order_by()
    for unit, round_, total in rows.values_list("unit", "round", "total"):
        found[unit][round_] = total
    return dict(found)


def _points(scores: list[UnitScore]) -> dict[int, dict[str, Decimal | None]]:
    found: dict[int, dict[str, Decimal | None]] = {score.pk: {} for score in scores}
    rows = IndicatorScore.objects.filter(unit_score__in=scores).order_by()
    for score, key, computed, fixed in rows.values_list("unit_score", "key", "computed", "fixed"):
        found[score][key] = computed if fixed is None else fixed
    return found


def _places_before(round_: Round, scores: list[UnitScore]) -> dict[int, int]:
    earlier = round_before(round_)
    if earlier is None:
        return {}
    rows = earlier.units.filter(unit__in=[score.unit_id for score in scores], place__isnull=False).order_by()
    return dict(rows.values_list("unit", "place"))


def _lines(round_: Round, scores: list[UnitScore]) -> dict[int, list[Decimal]]:
    """Totals of the last twelve rounds up to this one, the oldest first."""
    rounds = list(
        rounds_of(round_.scheme.key, round_.cycle)
        .filter(starts_on__lte=round_.starts_on)
        .order_by("-starts_on")
        .values_list("pk", flat=True)[:LINE]
    )
    rows = UnitScore.objects.filter(round__in=rounds, unit__in=[score.unit_id for score in scores])
    found: dict[int, list[Decimal]] = defaultdict(list)
    for unit, total in rows.order_by("round__starts_on").values_list("unit", "total"):
        found[unit].append(total)
    return dict(found)


def _top(one: IndicatorRules, points: Iterable[dict[str, Decimal | None]]) -> Decimal:
    """What a full bar stands for: the most the indicator gives; where there is no ceiling, the highest on the page."""
    if one.most is not None:
        return one.most
    return max((row.get(one.key) or NOTHING for row in points), default=NOTHING)


def row_of(score: UnitScore) -> Row:
    """One unit's place before and line, for its own page."""
    before, lines = _places_before(score.round, [score]), _lines(score.round, [score])
    return Row(score, [], before.get(score.unit_id), lines.get(score.unit_id, []))
