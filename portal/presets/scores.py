"""`--demo`: two months scored by the preset's own scheme, the last one with an objection; a third regulation tried beside
it, its month open, with self-scores and the first figures fixed. All by the real operations, on days that fit.
"""

from datetime import date, datetime
from decimal import Decimal

from assessment.enums.schemes import Cycle, IndicatorKind
from assessment.models import IndicatorScore, Round, Scheme, UnitScore
from assessment.operations import facts, fixing, objections, schemes, scoring, sealing, self_scores
from assessment.operations.fixing import Fixing
from assessment.operations.self_scores import Claim
from columns import rules as column_rules
from portal import clock
from portal.models import User
from portal.presets.moments import moment
from portal.workflow import Refused

TRIED = "mashan"
FIRST_ASSESSOR, SECOND_ASSESSOR = "jiancha", "zongbanzhu"
NOTES = {
    "leadership": "分管领导和信息员名单已在年初发文明确。",
    "frequency": "各周均有更新，月中集中报送一次。",
    "volume": "按发布时间逐条核对无误。",
}
UNTICKED = {"renjiaoke": ("solving",), "beiqiao": ("target",)}
"""By unit's code, what it does not claim."""


def play(preset: str) -> None:
    """Nothing where anything was scored already, nor where the sample people are not there."""
    people = {one.staff_number: one for one in User.objects.filter(is_sample=True)}
    used = Scheme.objects.filter(is_used=True, cycle=Cycle.MONTH).first()
    if (
        used is None
        or FIRST_ASSESSOR not in people
        or SECOND_ASSESSOR not in people
        or Round.objects.exists()
    ):
        return
    facts.gather_all()
    month = Cycle.MONTH.before(clock.today())
    _two_months(used, month, people)
    tried = Scheme.objects.filter(key=TRIED).first()
    if tried is not None:
        with clock.at(moment(30, hour=9)):
            schemes.use(tried, by=people[FIRST_ASSESSOR])
        _open_month(tried, month, people)


def _two_months(scheme: Scheme, month: date, people: dict[str, User]) -> None:
    """The month before the last is sealed, the last one is public and somebody objects."""
    before = Cycle.MONTH.before(month)
    with clock.at(_morning(month, 6)):
        earlier, _ = scoring.open_round(scheme, Cycle.MONTH, before)
        _fix_everything(earlier, people)
        scoring.publish(earlier, by=people[FIRST_ASSESSOR])
    with clock.at(_morning(month, 24)):
        sealing.freeze_due()
    with clock.at(moment(2, hour=9, minute=30)):
        last, _ = scoring.open_round(scheme, Cycle.MONTH, month)
        _correct_one(last, people)
        _fix_everything(last, people)
        scoring.publish(last, by=people[FIRST_ASSESSOR])
    with clock.at(moment(1, hour=10, minute=20)):
        _object(last, people)


def _open_month(scheme: Scheme, month: date, people: dict[str, User]) -> None:
    """Those who speak for a unit score it; two units are fixed, one with a reason."""
    with clock.at(moment(5, hour=8, minute=40)):
        round_, _ = scoring.open_round(scheme, Cycle.MONTH, month)
    for minute, score in enumerate(round_.units.select_related("unit").order_by("unit__position")):
        if (person := _speaker(score, people)) is not None:
            with clock.at(moment(4, hour=9, minute=5 * minute % 55)):
                self_scores.self_score(score, _claims(score), by=person)
    scored = round_.units.exclude(self_scored_at=None).exclude(unit=people[FIRST_ASSESSOR].department_id)
    with clock.at(moment(1, hour=15)):
        for score in scored.order_by("unit__position")[:2]:
            fixing.fix(score, _as_claimed(score), by=people[FIRST_ASSESSOR])


def _fix_everything(round_: Round, people: dict[str, User]) -> None:
    """Two assessors, so that each one's unit is fixed by the other."""
    for number in (FIRST_ASSESSOR, SECOND_ASSESSOR):
        fixing.fix_rest(round_, by=people[number])


def _correct_one(round_: Round, people: dict[str, User]) -> None:
    """The unit with the most items: one of them is taken off, with the reason."""
    score = round_.units.exclude(unit=people[FIRST_ASSESSOR].department_id).order_by("-published").first()
    rules = round_.rules["indicators"]
    key = next((one["key"] for one in rules if one["kind"] == IndicatorKind.COUNTED), None)
    point = score.points.filter(key=key, computed__gte=2).first() if score and key else None
    if point is not None:
        said = Fixing(point.version, point.computed - 2, "其中一条为会议通知，不作为信息计分。")
        fixing.fix(score, {point.key: said}, by=people[FIRST_ASSESSOR])


def _object(round_: Round, people: dict[str, User]) -> None:
    assessors = [people[number].department_id for number in (FIRST_ASSESSOR, SECOND_ASSESSOR)]
    for score in round_.units.select_related("round").exclude(unit__in=assessors).order_by("-place"):
        point = score.points.filter(key="frequency").first()
        if point is not None and (person := _speaker(score, people)) is not None:
            point.unit_score = score
            try:
                objections.raise_(
                    point, "本月第二周因系统切换，两条信息次日才发布，请按报送日期核对更新频率。", by=person
                )
            except Refused:
                continue  # whoever speaks for it may not, today
            return


def _speaker(score: UnitScore, people: dict[str, User]) -> User | None:
    """A sample person of the unit itself who collects or reviews."""
    mine = [one for one in people.values() if one.department_id == score.unit_id]
    return next((one for one in mine if _collects(one)), None)


def _collects(person: User) -> bool:
    return column_rules.powers_of(User.objects.get(pk=person.pk)).anywhere("collect", "review")


def _claims(score: UnitScore) -> dict[str, Claim]:
    found, left_out = {}, UNTICKED.get(score.unit.code, ())
    rules = {one["key"]: one for one in score.round.rules["indicators"]}
    for point in score.points.all():
        note = NOTES.get(point.key, "")
        if items := rules[point.key]["settings"].get("items"):
            found[point.key] = Claim(
                items=tuple(one["key"] for one in items if one["key"] not in left_out), note=note
            )
        else:
            found[point.key] = Claim(point.computed or Decimal(0), note)
    return found


def _as_claimed(score: UnitScore) -> dict[str, Fixing]:
    return {point.key: _fixing(point) for point in score.points.all()}


def _fixing(point: IndicatorScore) -> Fixing:
    if point.computed is None:
        return Fixing(point.version, items=tuple(point.claimed_items))
    return Fixing(point.version, point.computed)


def _morning(month: date, day: int) -> datetime:
    """Of such a day of a month that has been."""
    ago = (clock.today() - month.replace(day=day)).days
    return moment(max(ago, 3), hour=9)
