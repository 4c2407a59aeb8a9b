"""核定: the office fixes every point, seeing what the unit claims and what the system computed (麻山第四条)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from assessment.enums.scores import RoundState
from assessment.models import IndicatorScore, Round, UnitScore
from assessment.operations.scoring import total_of
from assessment.rules.facts import own_units
from assessment.rules.points import rounded, ticked
from assessment.rules.schemes import IndicatorRules, SchemeRules
from assessment.rules.scores import may_assess, why_not_fix
from portal import audit, clock
from portal.models import User
from portal.workflow import NotAllowed, Refused, TooLate, as_they_stand


@dataclass(frozen=True)
class Fixing:
    """What somebody says of one point; `items` of a checklist instead of `points`. `version`: of the point they saw."""

    version: int
    points: Decimal | None = None
    reason: str = ""
    items: tuple[str, ...] = ()


@transaction.atomic
def fix(score: UnitScore, fixings: Mapping[str, Fixing], *, by: User) -> UnitScore:
    """Fix points of one unit, by key. All or none: raises TooLate when somebody fixed one of them since it was read,
    Refused (field: the point's key) for a figure out of bounds or one that differs without a reason.
    """
    round_ = locked_round(score.round_id)
    actor = as_they_stand(by)
    if reason := why_not_fix(actor, score):
        raise NotAllowed(reason)
    rules = SchemeRules.read(round_.rules)
    score = UnitScore.objects.select_for_update(no_key=True).get(pk=score.pk)
    own = {one.key: one for one in score.points.select_for_update(no_key=True)}
    words = [
        text
        for key, fixing in fixings.items()
        if key in own and (text := _fix(own[key], rules.of(key), fixing, actor))
    ]
    score.total = total_of(own.values())
    score.save(update_fields=["total"])
    if words:
        round_.consents.all().delete()  # they agreed to other figures
        audit.record("fix", "核定得分", score, actor=by, note="；".join(words), clause=rules.clause)
    return score


@transaction.atomic
def fix_rest(round_: Round, *, by: User) -> int:
    """Whatever the system computed and nobody fixed yet is fixed as computed; own unit and what a person must say stay.

    Returns how many points were fixed.
    """
    round_ = locked_round(round_.pk)
    actor = as_they_stand(by)
    if not may_assess(actor):
        raise NotAllowed(why_not_fix(actor, UnitScore(round=round_)))
    rows = IndicatorScore.objects.select_for_update(of=["self"], no_key=True)
    rows = rows.filter(unit_score__round=round_, fixed=None, computed__isnull=False)
    points = list(rows.exclude(unit_score__unit__in=own_units(actor)))
    for one in points:
        one.fixed, one.fixed_by, one.fixed_at, one.version = one.computed, actor, clock.now(), one.version + 1
    IndicatorScore.objects.bulk_update(points, ["fixed", "fixed_by", "fixed_at", "version"], batch_size=1000)
    if points:
        round_.consents.all().delete()
        audit.record("fix_rest", "其余按系统分核定", round_, actor=by, note=f"{len(points)} 项")
    return len(points)


def locked_round(pk: int) -> Round:
    """Of fixing and publishing one comes first. Raises TooLate when it is public already."""
    round_ = Round.objects.select_for_update(no_key=True).select_related("scheme").get(pk=pk)
    if round_.state != RoundState.OPEN:
        raise TooLate(f"“{round_}”{round_.get_state_display()}，得分不能再改")
    return round_


def check_points(points: Decimal | None, rules: IndicatorRules) -> Decimal:
    """Within nothing and the most the indicator gives. Raises Refused (field: its key)."""
    if points is None:
        raise Refused(f"请填写“{rules.label}”的得分", rules.key)
    if points < 0:
        raise Refused(f"“{rules.label}”的得分不能小于 0", rules.key)
    if rules.most is not None and points > rules.most:
        raise Refused(f"“{rules.label}”最高 {rules.most.normalize():f} 分", rules.key)
    if points >= 1_000_000 or points != rounded(points):
        raise Refused(f"“{rules.label}”的得分最多两位小数，不超过六位整数", rules.key)
    return rounded(points)


def _fix(point: IndicatorScore, rules: IndicatorRules, fixing: Fixing, by: User) -> str:
    """What changed in words; "" when they left it as it is."""
    known = {one["key"] for one in rules.items}
    items = [key for key in fixing.items if key in known]
    points = ticked(rules.settings, items) if rules.items else check_points(fixing.points, rules)
    reason = fixing.reason.strip()
    if point.fixed == points and point.reason == reason and point.checked == items and not point.needs_fixing:
        return ""
    if point.version != fixing.version:
        raise TooLate(
            f"“{rules.label}”在您打开之后已由{point.fixed_by or '他人'}核定为 {point.fixed} 分，请看过后再改"
        )
    beside, whose = _beside(point)
    if beside is not None and points != beside and not reason:
        raise Refused(f"与{whose}（{beside} 分）不同，请写明调整理由", rules.key)
    point.fixed, point.reason, point.checked = points, reason[:1000], items
    point.fixed_by, point.fixed_at, point.version = by, clock.now(), point.version + 1
    point.save()
    return f"{rules.label} {points} 分" + (f"（{reason}）" if reason else "")


def _beside(point: IndicatorScore) -> tuple[Decimal | None, str]:
    """What a fixed figure is held against: what was computed, else what the unit claims."""
    return (point.claimed, "自评分") if point.computed is None else (point.computed, "系统分")
