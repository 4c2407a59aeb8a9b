"""监考: time given to those who sit, so that it runs fairly though the server was away; always with a reason."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse

from interaction.enums.exams import AttemptEnding, AttemptState
from interaction.models import Activity, Attempt
from interaction.operations.activities import locked as locked_activity
from interaction.operations.attempts import locked
from interaction.rules import exams as rules
from portal import audit, clock, notices
from portal.audit import Act
from portal.enums import NoticeKind
from portal.models import User
from portal.workflow import NotAllowed, Refused, TooLate, as_they_stand, fire

MOST_MINUTES = 240
NO_REASON = "请写明加时的理由"


@transaction.atomic
def give_time(attempt: Attempt, minutes: int, *, note: str, by: User) -> Attempt:
    """加时 for one: counted from the deadline, or from now where that is over. A collected paper is given back.

    Raises Refused for one that was handed in by the person, TooLate once nothing can be given any more.
    """
    _check_minutes(minutes)
    attempt = locked(attempt)
    _check_still_running(attempt.activity)
    changes = {"deadline_at": _later(attempt, minutes)}
    if attempt.is_running:
        return fire(
            attempt, "give_time", actor=by, why_not=rules.why_not, note=_said(minutes, note), changes=changes
        )
    return _reopen(attempt, minutes, changes, note, by)


@transaction.atomic
def give_time_to_all(
    activity: Activity, minutes: int, *, note: str, by: User, reopens: bool = False
) -> list[Attempt]:
    """加时 for everybody who sits; with `reopens` also for those whose paper was collected when their time was over."""
    _check_minutes(minutes)
    by = as_they_stand(by)
    activity = locked_activity(activity)
    if reason := rules.why_not_run(by, activity):
        raise NotAllowed(reason)
    if not note.strip():
        raise Refused(NO_REASON, "note")
    _check_still_running(activity)
    given = _extend(activity, minutes, note, by)
    if reopens:
        collected = Attempt.objects.filter(activity=activity, ending=AttemptEnding.TIME)
        given += [give_time(one, minutes, note=note, by=by) for one in collected if _is_last(one)]
    if not given:
        raise Refused("现在没有人在答题")
    audit.record(
        "give_time_to_all", "全场加时", activity, actor=by, note=f"{_said(minutes, note)}（{len(given)} 人）"
    )
    return given


def _extend(activity: Activity, minutes: int, note: str, by: User) -> list[Attempt]:
    """In a few queries, however many sit."""
    rows = Attempt.objects.filter(activity=activity, state=AttemptState.RUNNING)
    rows = rows.select_related("activity__site", "person")
    running = list(rows.select_for_update(of=("self",), no_key=True))
    for one in running:
        one.deadline_at = _later(one, minutes)
    Attempt.objects.bulk_update(running, ["deadline_at"], batch_size=200)
    audit.record_all([Act("give_time", "加时", one, _said(minutes, note)) for one in running], actor=by)
    return running


def _reopen(attempt: Attempt, minutes: int, changes: dict, note: str, by: User) -> Attempt:
    """What was marked is marked again afterwards."""
    if attempt.ending != AttemptEnding.TIME:
        raise Refused(f"这份答卷是{attempt.get_ending_display()}的，不能恢复")
    if not _is_last(attempt):
        raise Refused("这位考生已经又考了一次，不能恢复以前的答卷")
    changes |= {"handed_in_at": None, "ending": "", "points": None}
    attempt = fire(
        attempt, "reopen", actor=by, why_not=rules.why_not, note=_said(minutes, note), changes=changes
    )
    attempt.items.update(awarded=None, marked_by=None, marked_at=None, remark="")
    notices.tell(
        [attempt.person], f"可以继续答题：{attempt.activity}", kind=NoticeKind.TODO, body=f"{minutes} 分钟。{note}",
        url=reverse("exam", args=[attempt.activity_id]),
    )  # fmt: skip
    return attempt


def _is_last(attempt: Attempt) -> bool:
    return not Attempt.objects.filter(
        activity=attempt.activity_id, person=attempt.person_id, number__gt=attempt.number
    ).exists()


def _later(attempt: Attempt, minutes: int) -> datetime:
    return max(attempt.deadline_at, clock.now()) + timedelta(minutes=minutes)


def _said(minutes: int, note: str) -> str:
    return f"{minutes} 分钟：{note.strip()}" if note.strip() else ""


def _check_minutes(minutes: int) -> None:
    if not 1 <= minutes <= MOST_MINUTES:
        raise Refused(f"请填 1—{MOST_MINUTES} 分钟", "minutes")


def _check_still_running(activity: Activity) -> None:
    if reason := rules.no_more_time(activity):
        raise TooLate(reason)
