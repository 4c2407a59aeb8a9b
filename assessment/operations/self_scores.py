"""自评: a unit says what it claims for the period, point by point, with evidence (麻山第四条: by the 10th)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile

from assessment.models import IndicatorScore, UnitScore
from assessment.operations.fixing import check_points, locked_round
from assessment.rules.points import ticked
from assessment.rules.schemes import IndicatorRules, SchemeRules
from assessment.rules.scores import why_not_self_score
from portal import audit, clock, uploads
from portal.models import User
from portal.uploads import UploadRefused
from portal.workflow import NotAllowed, Refused, TooLate, as_they_stand

MOST_FILES = 10


@dataclass(frozen=True)
class Claim:
    """What the unit claims for one point; `items` of a checklist instead of `points`."""

    points: Decimal | None = None
    note: str = ""
    items: tuple[str, ...] = ()
    files: tuple[UploadedFile, ...] = ()


def self_score(score: UnitScore, claims: Mapping[str, Claim], *, by: User) -> UnitScore:
    """Save the whole self-score; it may be corrected until the office begins to fix the unit's points. After its day it
    is taken all the same and marked as late. Raises Refused (field: the point's key).
    """
    with uploads.together():
        round_ = locked_round(score.round_id)
        actor = as_they_stand(by)
        if reason := why_not_self_score(actor, score):
            raise NotAllowed(reason)
        score = UnitScore.objects.select_for_update(no_key=True).get(pk=score.pk)
        points = list(score.points.select_for_update(no_key=True))
        if any(one.fixed is not None for one in points):
            raise TooLate("本单位的得分已经开始核定，不能再改自评；如有不同意见，请在公布后的异议期内提出")
        rules = SchemeRules.read(round_.rules)
        for point in points:
            if point.key in claims:
                _claim(point, rules.of(point.key), claims[point.key], actor)
        score.round, score.self_scored_by, score.self_scored_at = round_, actor, clock.now()
        score.save(update_fields=["self_scored_by", "self_scored_at"])
        late = "（逾期）" if score.is_self_scored_late else ""
        audit.record(
            "self_score", "自评", score, actor=by, note=f"{_words(points)}{late}", clause=rules.clause
        )
        return score


def _claim(point: IndicatorScore, rules: IndicatorRules, claim: Claim, by: User) -> None:
    if rules.items:
        known = {one["key"] for one in rules.items}
        point.claimed_items = [key for key in claim.items if key in known]
        point.claimed = ticked(rules.settings, point.claimed_items)
    else:
        point.claimed = check_points(claim.points, rules)
    point.claim_note = claim.note.strip()[:2000]
    point.save()
    if point.files.count() + len(claim.files) > MOST_FILES:
        raise Refused(f"“{rules.label}”的佐证最多 {MOST_FILES} 个文件", rules.key)
    try:
        point.files.add(*[uploads.accept(file, owner=by) for file in claim.files])
    except UploadRefused as refusal:
        raise Refused(str(refusal), rules.key) from refusal


def _words(points: list[IndicatorScore]) -> str:
    claimed = [one.claimed for one in points if one.claimed is not None]
    return f"合计 {sum(claimed)} 分"
