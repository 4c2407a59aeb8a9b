"""A round goes public, waits for objections, and is sealed: what it was counted from, and a digest over all of it."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from assessment.enums.scores import ObjectionState, RoundState
from assessment.enums.slips import MentionKind
from assessment.models import Consent, IndicatorScore, Objection, Round, UnitScore
from assessment.operations import mentions, rectifications
from assessment.queries import scoring as queries
from assessment.queries.facts.base import FACTS
from assessment.rules import ranks
from assessment.rules.points import NOTHING, Window
from assessment.rules.schemes import SchemeRules
from assessment.rules.scores import why_not_consent, why_not_round
from assessment.rules.seals import digest
from portal import audit, clock, notices
from portal.enums import NoticeKind
from portal.models import User
from portal.workdays import Calendar
from portal.workflow import NotAllowed, Refused, TooLate, as_they_stand, fire

BATCH = 1000


@transaction.atomic
def publish(round_: Round, *, by: User) -> Round:
    """公布 (麻山第四条): every point is fixed, those who appraise together agree. Places and prizes follow, the window
    for objections opens, and what the figures were counted from is kept. Raises Refused while something is missing.
    """
    rules, now = SchemeRules.read(round_.rules), clock.now()
    until = Calendar.load().add(clock.today(), rules.objection_days).due if rules.objection_days else None
    changes = {"published_by": by, "published_at": now, "objections_until": until}
    round_ = fire(round_, "publish", actor=by, why_not=why_not_round, changes=changes, clause=rules.clause)
    _refuse_unready(round_, rules)
    keep_things(round_, rules)
    rank(round_, rules)
    people = User.objects.filter(pk__in=round_.units.exclude(self_scored_by=None).values("self_scored_by"))
    body = f"如有异议，请在 {until:%Y-%m-%d} 前提出。" if until else ""
    notices.tell(people, f"{round_}已公布", kind=NoticeKind.RESULT, body=body, url=round_.get_absolute_url())
    return round_


@transaction.atomic
def consent(round_: Round, *, by: User) -> Consent:
    """会签 (本溪（三）): one of the offices that appraise together agrees."""
    round_ = Round.objects.select_for_update(no_key=True).get(pk=round_.pk)
    actor = as_they_stand(by)
    if round_.state != RoundState.OPEN:
        raise TooLate("本期已经公布，不再会签")
    if reason := why_not_consent(actor, round_):
        raise NotAllowed(reason)
    row = Consent.objects.create(round=round_, department_id=actor.department_id, by=actor, at=clock.now())
    audit.record("consent", "会签", round_, actor=by, note=str(actor.department))
    return row


def rank(round_: Round, rules: SchemeRules) -> None:
    """Totals, places and prizes of all units as their points stand."""
    scores = list(round_.units.select_for_update(no_key=True).prefetch_related("points"))
    for score in scores:
        score.total = sum((one.standing for one in score.points.all() if one.standing is not None), NOTHING)
    places = ranks.placed([ranks.Standing(one.pk, one.total, one.published) for one in scores], rules.ranking)
    for score in scores:
        score.place = places[score.pk]
        score.award = ranks.prize_for(score.place, score.total, rules.awards, rules.pass_mark)
    UnitScore.objects.bulk_update(scores, ["total", "place", "award"], batch_size=BATCH)


def freeze_due() -> int:
    """Seal every round whose window is over and whose objections are all answered; returns how many."""
    open_ones = Objection.objects.filter(point__unit_score__round=OuterRef("pk"), state=ObjectionState.RAISED)
    over = Q(objections_until=None) | Q(objections_until__lt=clock.today())
    rows = Round.objects.filter(over, ~Exists(open_ones), state=RoundState.PUBLISHED)
    done = 0
    for round_ in rows.order_by("pk"):
        try:
            freeze(round_)
        except TooLate:
            continue  # another sweep was quicker
        done += 1
    return done


@transaction.atomic
def freeze(round_: Round) -> Round:
    """封存: nothing of it changes any more. Prizes are listed as praise; who failed is listed as criticism and gets a
    dated order to put it right (麻山第五条). By the system.
    """
    system = User.objects.system()
    round_ = fire(round_, "freeze", actor=system, why_not=why_not_round, changes={"frozen_at": clock.now()})
    rules = SchemeRules.read(round_.rules)
    scores = list(round_.units.select_related("unit").prefetch_related("points"))
    round_.digest = digest(round_, scores)
    round_.save(update_fields=["digest"])
    for score in scores:
        _mention(round_, rules, score, system)
    return round_


def keep_things(round_: Round, rules: SchemeRules) -> None:
    """Put beside every number the ids of what it was counted from: what the evidence of this round is from now on."""
    if round_.is_summary:
        return
    points = {
        (one.key, one.unit_score.unit_id): one
        for one in IndicatorScore.objects.filter(unit_score__round=round_).select_related("unit_score")
    }
    for key, by_unit in queries.things(rules, Window(round_.starts_on, round_.ends_on)):
        for unit, ids in by_unit.items():
            if point := points.get((key, unit)):
                point.facts["things"] = {FACTS[rules.of(key).fact].thing: ids}
    IndicatorScore.objects.bulk_update(points.values(), ["facts"], batch_size=BATCH)


def _refuse_unready(round_: Round, rules: SchemeRules) -> None:
    points = IndicatorScore.objects.filter(unit_score__round=round_).select_related("unit_score")
    missing = [one for one in points if one.needs_fixing]
    if missing:
        names = list(dict.fromkeys(one.unit_score.unit_name for one in missing))
        few = "、".join(names[:3]) + (f"等 {len(names)} 个单位" if len(names) > 3 else "")
        raise Refused(f"还有 {len(missing)} 项没有核定，或核定后系统分又有变化：{few}")
    if not round_.units.exists():
        raise Refused("本期没有可计分的单位")
    if (have := round_.consents.count()) < rules.joint_offices and rules.joint_offices > 1:
        raise Refused(f"须由 {rules.joint_offices} 个部门会签，现有 {have} 个")


def _mention(round_: Round, rules: SchemeRules, score: UnitScore, system: User) -> None:
    key, url = f"round-{round_.pk}-unit-{score.unit_id}", round_.public_url_of(score)
    facts = f"{round_}得 {score.total} 分，第 {score.place} 名"
    if score.award:
        mentions.list_(
            key=f"{key}-award", kind=MentionKind.PRAISE, unit=score.unit, rule=f"{rules.name}：{score.award}",
            clause=rules.clause, facts=facts, url=url, on=clock.today(),
        )  # fmt: skip
    if not ranks.fails(score.total, rules.pass_mark):
        return
    mentions.list_(
        key=f"{key}-failed", kind=MentionKind.CRITICISM, unit=score.unit, rule=f"{rules.name}：不及格",
        clause=rules.clause, facts=f"{facts}，及格分 {rules.pass_mark}", url=url, on=clock.today(),
    )  # fmt: skip
    if rules.rectify_days:
        rectifications.order(
            key=f"{key}-failed", unit=score.unit, subject=f"{round_}考核不及格", clause=rules.clause, url=url,
            demand=f"{facts}，低于及格分 {rules.pass_mark}。请对照各项失分原因限期整改，并报告整改情况。",
            working_days=rules.rectify_days, by=system,
        )  # fmt: skip
