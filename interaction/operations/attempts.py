"""The only writers of 答卷: begun, saved as one goes, handed in by the person or collected when its time is over.

All time is the server's. What was saved in time counts, whatever became of browser and connection afterwards.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from secrets import randbits

from django.db import transaction
from django.db.models import Q

from interaction.enums.activities import ActivityState
from interaction.enums.exams import AttemptEnding, AttemptState
from interaction.models import Activity, Attempt, AttemptItem
from interaction.queries import papers
from interaction.rules import exam_answers, exams
from interaction.rules import papers as paper_rules
from portal import audit, clock
from portal.models import User
from portal.sweeps import sweep
from portal.workflow import NotAllowed, Refused, TooLate, as_they_stand, fire

COLLECTED_AT_ONCE = 500
IS_IN = "这份答卷已经交了，不能再改"
TIME_OVER = "答题时间已到，在此之前保存的答案都算数"


@dataclass(frozen=True)
class Saved:
    """What became of one answer: `is_kept` is False where a newer one stands. `item` is as it stands now."""

    attempt: Attempt
    item: AttemptItem | None = None
    is_kept: bool = True


@dataclass
class Sheet:
    """What became of a whole page of answers: places where a newer answer stands, and why places were refused."""

    attempt: Attempt
    newer: list[int] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Typed:
    """One answer of a page: `seen` is the moment of the answer that the page showed, None where it does not say."""

    answer: Sequence[str]
    seen: int | None = None


@transaction.atomic
def start(activity: Activity, *, by: User) -> Attempt:
    """开始答题: a paper is drawn and frozen; whoever is sitting already goes on with the same paper and deadline."""
    by = as_they_stand(by)
    activity = Activity.objects.select_related("site").get(pk=activity.pk)
    sat = Attempt.objects.filter(activity=activity, person=by).order_by("-number").first()
    if sat and sat.is_running:
        return sat
    if reason := exams.why_not_sit(by, activity):
        raise NotAllowed(reason) if exams.why_barred(by, activity) else TooLate(reason)
    setup, number = papers.setup_of(activity), (sat.number if sat else 0) + 1
    if number > setup.attempts_allowed:
        raise TooLate(f"这场考试每人可考 {setup.attempts_allowed} 次，您已经考过了")
    now = clock.now()
    attempt = Attempt.objects.create(
        activity=activity, person=by, department_id=by.department_id, number=number, seed=randbits(62),
        started_at=now, deadline_at=min(now + timedelta(minutes=setup.minutes), activity.closes_at),
    )  # fmt: skip
    _draw(attempt)
    audit.record("start", "开始答题", attempt, actor=by)
    return attempt


@transaction.atomic
def save(
    activity: int, number: int, position: int, typed: Sequence[str], sequence: int, *, by: User
) -> Saved:
    """One answer, given at `sequence` (server's milliseconds as the page reckons them). Saving it again changes nothing.

    Raises Attempt.DoesNotExist and AttemptItem.DoesNotExist for what is not the person's, TooLate once it is over.
    """
    attempt = _running(activity, number, by)
    item = attempt.items.select_related("question").get(position=position)
    answer, sequence = exam_answers.clean(item, typed), min(sequence, in_milliseconds(clock.now()))
    if sequence <= item.sequence:
        return Saved(attempt, item, is_kept=answer == item.answer)
    item.answer, item.sequence, item.saved_at = answer, sequence, clock.now()
    item.save(update_fields=["answer", "sequence", "saved_at"])
    return Saved(attempt, item)


@transaction.atomic
def look(activity: int, number: int, *, by: User) -> Saved:
    """Nothing to save, only how long is left. Raises as `save` does."""
    return Saved(_running(activity, number, by))


@transaction.atomic
def save_all(activity: int, number: int, typed: Mapping[int, Typed], *, by: User) -> Sheet:
    """保存 a whole page. Where an answer was given elsewhere since the page was shown, the newer one stays."""
    attempt = _running(activity, number, by)
    sheet, changed = Sheet(attempt), []
    for item in attempt.items.select_related("question").order_by("position"):
        if item.position in typed and _take(item, typed[item.position], sheet):
            changed.append(item)
    AttemptItem.objects.bulk_update(changed, ["answer", "sequence", "saved_at"], batch_size=100)
    return sheet


@transaction.atomic
def hand_in(attempt: Attempt, *, by: User) -> Attempt:
    """交卷. Twice is the same as once; late is collecting, and what was saved in time counts."""
    attempt = locked(attempt)
    if not attempt.is_running:
        return attempt
    if clock.now() >= attempt.ends_at:
        return _take_in(attempt, "collect", User.objects.system())
    return _take_in(attempt, "hand_in", by)


@transaction.atomic
def collect(attempt: Attempt) -> Attempt:
    """收卷 of a paper whose time is over; of any other nothing becomes."""
    attempt = locked(attempt)
    if not attempt.is_running or clock.now() < attempt.ends_at:
        return attempt
    return _take_in(attempt, "collect", User.objects.system())


@sweep("collect_exam_papers", every=timedelta(minutes=1), label="到时收卷")
def collect_exam_papers() -> int:
    """Collect what ran out of time, was ended early or withdrawn. Returns how many papers came in."""
    over = Q(deadline_at__lte=clock.now()) | Q(activity__ended_at__isnull=False)
    over |= Q(activity__state=ActivityState.WITHDRAWN)
    rows = Attempt.objects.filter(over, state=AttemptState.RUNNING).order_by("deadline_at", "pk")
    return sum(not collect(attempt).is_running for attempt in rows[:COLLECTED_AT_ONCE])


def locked(attempt: Attempt) -> Attempt:
    """The paper as it is now; nobody else changes it until the transaction ends."""
    rows = Attempt.objects.select_related("activity__site", "person")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=attempt.pk)


def in_milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def total(items: Sequence[AttemptItem]) -> Decimal | None:
    """What the paper is worth; None while anything on it waits for a marker."""
    marks = [item.awarded for item in items]
    return None if None in marks else sum((mark for mark in marks if mark is not None), Decimal(0))


def _running(activity: int, number: int, by: User) -> Attempt:
    """The person's own paper, locked; TooLate once it is in or its time is over."""
    rows = Attempt.objects.select_for_update(of=("self",), no_key=True).select_related("activity")
    attempt = rows.get(activity=activity, person=by, number=number)
    if not attempt.is_running:
        raise TooLate(IS_IN)
    if clock.now() >= attempt.ends_at:
        raise TooLate(TIME_OVER)
    return attempt


def _take(item: AttemptItem, typed: Typed, sheet: Sheet) -> bool:
    """Whether the item takes the answer of the page."""
    try:
        answer = exam_answers.clean(item, typed.answer)
    except Refused as refusal:
        sheet.refused[item.position] = refusal.message
        return False
    if answer == item.answer:
        return False
    if typed.seen is not None and typed.seen < item.sequence:
        sheet.newer.append(item.position)
        return False
    now = clock.now()
    item.answer, item.sequence, item.saved_at = answer, in_milliseconds(now), now
    return True


def _take_in(attempt: Attempt, verb: str, by: User) -> Attempt:
    """Mark what marks itself, then hand in: a paper with an essay has no points until it is marked."""
    now = clock.now()
    items = list(attempt.items.select_related("question"))
    rule = papers.setup_of(attempt.activity).multiple_rule
    for item in items:
        item.awarded = exam_answers.award(item, rule)
    AttemptItem.objects.bulk_update(items, ["awarded"], batch_size=100)
    changes = {
        "handed_in_at": min(now, attempt.ends_at),
        "ending": _ending(attempt, verb),
        "points": total(items),
    }
    return fire(attempt, verb, actor=by, why_not=exams.why_not, changes=changes)


def _ending(attempt: Attempt, verb: str) -> AttemptEnding:
    if verb == "hand_in":
        return AttemptEnding.PERSON
    return AttemptEnding.TIME if attempt.ends_at == attempt.deadline_at else AttemptEnding.PROCTOR


def _draw(attempt: Attempt) -> None:
    setup, rules = papers.setup_of(attempt.activity), papers.rules_of(attempt.activity)
    try:
        drawn = paper_rules.draw(
            papers.pools(attempt.activity, rules), attempt.seed,
            shuffles_questions=setup.shuffles_questions, shuffles_options=setup.shuffles_options,
        )  # fmt: skip
    except ValueError as error:
        raise Refused("题库的题数不够组卷，请告知主办单位") from error
    AttemptItem.objects.bulk_create(
        AttemptItem(
            attempt=attempt, position=place, question_id=one.question, points=one.points, order=one.order
        )
        for place, one in enumerate(drawn, start=1)
    )
