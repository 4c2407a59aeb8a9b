"""Rounds as the desk sees them: lists, what waits for whom, one unit's points side by side."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from assessment.enums.scores import ObjectionState, RoundState
from assessment.models import IndicatorScore, Objection, Round, UnitScore
from assessment.queries.facts.base import FACTS
from assessment.rules import scores as rules
from assessment.rules import words
from assessment.rules.facts import may_assess
from assessment.rules.points import Window
from assessment.rules.schemes import IndicatorRules, SchemeRules
from portal import lineage
from portal.models import User

UNFIXED = Q(fixed=None) | Q(computed__isnull=False, reason="") & ~Q(fixed=F("computed"))
"""`IndicatorScore.needs_fixing` as a query."""


@dataclass(frozen=True)
class Side:
    """One point with everything that is shown beside it."""

    rules: IndicatorRules
    point: IndicatorScore
    how: str
    reckoning: str
    explains: str
    has_evidence: bool

    @property
    def is_worth_nothing(self) -> bool:
        """Only told, not scored: nobody has to say anything about it."""
        return self.rules.most == 0 and not self.rules.is_by_people

    @property
    def ticked(self) -> list[tuple[str, bool, bool]]:
        """Of a checklist: label, claimed, checked."""
        claimed, checked = self.point.claimed_items, self.point.checked
        return [(one["label"], one["key"] in claimed, one["key"] in checked) for one in self.rules.items]


def rounds() -> QuerySet[Round]:
    """With how many units there are, how many scored themselves, how many points wait to be fixed, open objections."""
    points = IndicatorScore.objects.filter(UNFIXED, unit_score__round=OuterRef("pk"))
    waiting = (
        points.order_by()
        .values("unit_score__round")
        .annotate(n=Count("unit_score", distinct=True))
        .values("n")
    )
    rows = Round.objects.select_related("scheme").annotate(
        of_units=Count("units"), self_scored=Count("units", filter=Q(units__self_scored_at__isnull=False)),
        waiting=Coalesce(Subquery(waiting), 0),
    )  # fmt: skip
    return rows.order_by("-starts_on", "scheme__key", "-ends_on")


def own_scores(user: User) -> QuerySet[UnitScore]:
    """The rounds of the units a person works in."""
    rows = UnitScore.objects.filter(unit__in=lineage.own_units_of(user.department_id)).select_related(
        "round__scheme", "unit"
    )
    return rows.order_by("-round__starts_on", "round__scheme__key", "unit")


def to_self_score(user: User) -> QuerySet[UnitScore]:
    """待自评: of rounds for which the unit scores itself, before the office begins to fix it."""
    if not rules.speaks_for_units(user):
        return UnitScore.objects.none()
    begun = IndicatorScore.objects.filter(unit_score=OuterRef("pk"), fixed__isnull=False)
    rows = UnitScore.objects.filter(
        ~Exists(begun), unit__in=lineage.own_units_of(user.department_id), round__state=RoundState.OPEN,
        round__self_due_on__isnull=False, self_scored_at=None,
    )  # fmt: skip
    return rows.order_by("round__self_due_on", "pk")


def to_fix(user: User) -> QuerySet[UnitScore]:
    """待核定: units of open rounds with a point nobody fixed; not one's own unit."""
    if not may_assess(user):
        return UnitScore.objects.none()
    unfixed = IndicatorScore.objects.filter(UNFIXED, unit_score=OuterRef("pk"))
    rows = UnitScore.objects.filter(Exists(unfixed), round__state=RoundState.OPEN)
    return rows.exclude(unit__in=lineage.own_units_of(user.department_id)).order_by("round__fix_due_on", "pk")


def to_decide(user: User) -> QuerySet[Objection]:
    """待答复异议."""
    if not may_assess(user):
        return Objection.objects.none()
    rows = Objection.objects.filter(state=ObjectionState.RAISED)
    return rows.exclude(point__unit_score__unit__in=lineage.own_units_of(user.department_id)).order_by(
        "raised_at", "pk"
    )


def objections(user: User) -> QuerySet[Objection]:
    """All for who oversees, else those of the person's own units; open ones first."""
    rows = Objection.objects.select_related("point__unit_score__round__scheme", "raised_by", "decided_by")
    if not rules.may_oversee(user):
        rows = rows.filter(point__unit_score__unit__in=lineage.own_units_of(user.department_id))
    return rows.order_by(F("decided_at").desc(nulls_first=True), "-raised_at", "-pk")


def sides(score: UnitScore) -> list[Side]:
    """The unit's points in the order of the scheme. One query, and one for the files."""
    round_, scheme = score.round, SchemeRules.read(score.round.rules)
    window = Window(round_.starts_on, round_.ends_on)
    rows = score.points.select_related("fixed_by").prefetch_related("files")
    points = {one.key: one for one in rows}
    return [_side(one, points[one.key], window) for one in scheme.indicators if one.key in points]


def has_begun(found: list[Side]) -> bool:
    """Whether the office has fixed anything of the unit: its own claims stand from then on."""
    return any(side.point.fixed is not None for side in found)


def totals(found: list[Side]) -> tuple[Decimal | None, Decimal, Decimal]:
    """(claimed, computed, standing) added up; claimed None where the unit claimed nothing."""
    claimed = [side.point.claimed for side in found if side.point.claimed is not None]
    computed = sum((side.point.computed or Decimal(0) for side in found), Decimal(0))
    standing = sum((side.point.standing or Decimal(0) for side in found), Decimal(0))
    return (sum(claimed, Decimal(0)) if claimed else None), computed, standing


def overview(round_: Round, scores: list[UnitScore]) -> dict[int, tuple[Decimal | None, int]]:
    """By unit score: what the unit claims in all, and how many points wait. One query."""
    found: dict[int, tuple[Decimal | None, int]] = {}
    for one in IndicatorScore.objects.filter(unit_score__in=scores).only(
        "unit_score", "claimed", "computed", "fixed", "reason"
    ):
        claimed, waiting = found.get(one.unit_score_id, (None, 0))
        if one.claimed is not None:
            claimed = (claimed or Decimal(0)) + one.claimed
        found[one.unit_score_id] = claimed, waiting + one.needs_fixing
    return found


def _side(one: IndicatorRules, point: IndicatorScore, window: Window) -> Side:
    fact = FACTS.get(one.fact)
    word = fact.word if fact else "件"
    has = bool(fact and not one.is_by_people and "rounds" not in point.facts)
    return Side(
        one, point, words.how(one, word), words.reckoning(one, point.facts, window, word),
        fact.explains if fact else "", has,
    )  # fmt: skip
