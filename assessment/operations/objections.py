"""异议: raised by the unit within the window, answered once by somebody of another unit."""

from decimal import Decimal

from django.db import IntegrityError, transaction

from assessment.enums.scores import ObjectionState, RoundState
from assessment.models import IndicatorScore, Objection, Round
from assessment.operations.fixing import check_points
from assessment.operations.sealing import rank
from assessment.rules.schemes import SchemeRules
from assessment.rules.scores import why_not_decide, why_not_object
from portal import audit, clock, notices
from portal.enums import NoticeKind
from portal.models import User
from portal.workflow import NotAllowed, Refused, TooLate, as_they_stand, fire


@transaction.atomic
def raise_(point: IndicatorScore, text: str, *, by: User) -> Objection:
    """One open objection a point. Raises TooLate after the window, Refused without words."""
    round_ = Round.objects.select_for_update(no_key=True).get(pk=point.unit_score.round_id)
    actor = as_they_stand(by)
    if reason := why_not_object(actor, point.unit_score):
        raise NotAllowed(reason)
    _refuse_closed(round_)
    if not text.strip():
        raise Refused("请写明异议的内容和依据", "text")
    try:
        with transaction.atomic():
            row = Objection.objects.create(
                point=point, text=text.strip()[:2000], raised_by=actor, raised_at=clock.now()
            )
    except IntegrityError:
        raise TooLate("这一项已经有异议等待答复") from None
    label = SchemeRules.read(round_.rules).of(point.key).label
    audit.record("object", "提出异议", point.unit_score, actor=by, note=f"{label}：{row.text}")
    return row


@transaction.atomic
def uphold(objection: Objection, points: Decimal | None, *, by: User, note: str) -> Objection:
    """异议成立: with a new figure, which ranks everybody anew."""
    round_, rules = _round_of(objection)
    point = objection.point
    label = rules.of(point.key)
    if points is None:
        raise Refused("请填写重新核定的得分", "points")
    new = _checked(points, label)
    if new == point.standing:
        raise Refused("重新核定的得分与原分相同；异议不成立的请选“维持原分”", "points")
    objection = _decide(objection, "uphold", by, note)
    point = IndicatorScore.objects.select_for_update(no_key=True).get(pk=objection.point_id)
    was = point.standing
    point.fixed, point.reason = new, f"异议成立：{note.strip()}"
    point.fixed_by, point.fixed_at, point.version = by, clock.now(), point.version + 1
    point.save()
    rank(round_, rules)
    audit.record(
        "fix",
        "异议改分",
        point.unit_score,
        actor=by,
        note=f"{label.label} {was} → {new}",
        clause=rules.clause,
    )
    return objection


@transaction.atomic
def reject(objection: Objection, *, by: User, note: str) -> Objection:
    """维持原分, with the reason."""
    _round_of(objection)
    return _decide(objection, "reject", by, note)


def _decide(objection: Objection, verb: str, by: User, note: str) -> Objection:
    changes = {"answer": note.strip(), "decided_by": by, "decided_at": clock.now()}
    row = fire(objection, verb, actor=by, why_not=why_not_decide, note=note, changes=changes)
    score = row.point.unit_score
    title = f"{score.round}的异议已答复：{row.get_state_display()}"
    notices.tell(
        [row.raised_by], title, kind=NoticeKind.RESULT, body=row.answer, url=score.get_absolute_url()
    )
    return row


def _round_of(objection: Objection) -> tuple[Round, SchemeRules]:
    """Locked: of a seal and an answer one comes first."""
    pk = objection.point.unit_score.round_id
    round_ = Round.objects.select_for_update(no_key=True).select_related("scheme").get(pk=pk)
    if round_.state != RoundState.PUBLISHED or objection.state != ObjectionState.RAISED:
        raise TooLate("这件异议已经答复，或本期已经封存")
    return round_, SchemeRules.read(round_.rules)


def _refuse_closed(round_: Round) -> None:
    if round_.state == RoundState.OPEN:
        raise TooLate("得分还没有公布，公布之后才能提出异议")
    if round_.state == RoundState.FROZEN:
        raise TooLate("本期已经封存，不再受理异议")
    if round_.objections_until is None or clock.today() > round_.objections_until:
        until = (
            f"异议期已于 {round_.objections_until:%Y-%m-%d} 截止"
            if round_.objections_until
            else "本办法没有异议期"
        )
        raise TooLate(until)


def _checked(points: Decimal, label) -> Decimal:
    try:
        return check_points(points, label)
    except Refused as refusal:
        raise Refused(refusal.message, "points") from None
