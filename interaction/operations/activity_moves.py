"""How an activity moves: reported, decided by somebody else, ended, withdrawn; its results published by choice."""

from typing import Any

from django.db import transaction

from interaction.models import Activity
from interaction.operations.activities import deciders, locked, signs
from interaction.rules import activities as rules
from interaction.rules.kinds import kind_of
from portal import clock, notices
from portal.enums import NoticeKind
from portal.models import User
from portal.models.audit import in_place_of
from portal.workflow import Refused, TooLate, fire


@transaction.atomic
def report(activity: Activity, *, by: User, version: int | None = None) -> Activity:
    """提交审核: raises Refused with everything that is missing, or when nobody may decide."""
    activity = _move(activity, "report", by, version=version, reported_by=by, reported_at=clock.now())
    signs(activity, by)
    _check_issues(activity)
    people = deciders(activity)
    if not people:
        raise Refused("目前没有可审核的人（编写人不能审核自己的活动），请联系网管授权后再提交")
    notices.settle(activity.desk_url)
    notices.tell(
        people,
        f"待审核{activity.get_kind_display()}：{activity}",
        kind=NoticeKind.TODO,
        url=activity.desk_url,
    )
    return activity


@transaction.atomic
def recall(activity: Activity, *, by: User) -> Activity:
    """收回: back to a draft before anybody has decided."""
    activity = _move(activity, "recall", by)
    notices.settle(activity.desk_url)
    return activity


@transaction.atomic
def approve(activity: Activity, *, by: User, note: str = "", version: int | None = None) -> Activity:
    """同意: from now on it opens and closes by its dates, and nothing in it changes any more.

    `version` is what was looked at; one that went back and was changed meanwhile raises TooLate.
    """
    activity = _move(
        activity, "approve", by, note=note, version=version, decided_by=by, decided_at=clock.now()
    )
    _check_issues(activity)
    notices.settle(activity.desk_url)
    _tell_writers(activity, f"同意：{activity}", by, "approve", note)
    return activity


@transaction.atomic
def return_(activity: Activity, *, by: User, note: str, version: int | None = None) -> Activity:
    """退回: the reason goes to whoever wrote and reported it."""
    activity = _move(
        activity, "return_", by, note=note, version=version, decided_by=by, decided_at=clock.now()
    )
    notices.settle(activity.desk_url)
    _tell_writers(activity, f"退回：{activity}", by, "return_", note, NoticeKind.TODO)
    return activity


@transaction.atomic
def discard(activity: Activity, *, by: User) -> Activity:
    """作废 a draft; it stays on record."""
    activity = _move(activity, "discard", by)
    notices.settle(activity.desk_url)
    return activity


@transaction.atomic
def withdraw(activity: Activity, *, by: User, note: str) -> Activity:
    """撤下: the page is gone for readers at once; what was cast, answered or said until then stays on record."""
    activity = _move(activity, "withdraw", by, note=note)
    _tell_writers(activity, f"撤下：{activity}", by, "withdraw", note)
    return activity


@transaction.atomic
def end(activity: Activity, *, by: User, note: str) -> Activity:
    """提前结束: over from this moment, for good."""
    activity = _move(activity, "end", by, note=note, ended_by=by, ended_at=clock.now())
    _tell_writers(activity, f"提前结束：{activity}", by, "end", note)
    return activity


@transaction.atomic
def publish_results(activity: Activity, *, by: User) -> Activity:
    """公布结果, by choice and only after it is over (福建第十五条(三)); raises Refused with what the kind misses."""
    activity = _move(
        activity, "publish_results", by,
        results_published_by=by, results_published_at=clock.now(), results_kept_at=None,
    )  # fmt: skip
    if missing := kind_of(activity).result_issues(activity):
        raise Refused("；".join(missing))
    return activity


@transaction.atomic
def keep_results(activity: Activity, *, by: User) -> Activity:
    """不公布结果: decided, so that nobody is reminded any more; it can still be published later."""
    return _move(activity, "keep_results", by, results_kept_at=clock.now())


@transaction.atomic
def take_back_results(activity: Activity, *, by: User, note: str) -> Activity:
    """收回结果: the public page of the results is gone at once."""
    return _move(
        activity, "take_back_results", by, note=note,
        results_published_by=None, results_published_at=None, results_kept_at=clock.now(),
    )  # fmt: skip


def _move(
    activity: Activity, verb: str, by: User, *, note: str = "", version: int | None = None, **changes: Any
) -> Activity:
    """Fire the verb; what the dates say against it is asked of the activity as it was before the move."""
    before = locked(activity)
    against = rules.not_now(verb, before) if before.state in before.workflow[verb].sources else ""
    moved = fire(
        activity, verb, actor=by, why_not=rules.why_not, acting_for=rules.acting_for, note=note,
        changes=changes, version=version,
    )  # fmt: skip
    if against:
        raise TooLate(against)
    return moved


def _check_issues(activity: Activity) -> None:
    if missing := rules.issues(activity):
        raise Refused("；".join(missing))


def _tell_writers(
    activity: Activity, title: str, by: User, verb: str, note: str, kind: NoticeKind = NoticeKind.RESULT
) -> None:
    """Its last writer and who reported it hear what became of it, unless they did it themselves."""
    people = {activity.saved_by_id, activity.reported_by_id} - {None, by.pk}
    who = in_place_of(by, rules.acting_for(by, verb, activity))
    notices.tell(
        User.objects.filter(pk__in=people, is_active=True), title, kind=kind,
        body=f"{who}：{note}" if note else f"{who}{activity.workflow[verb].label}", url=activity.desk_url,
    )  # fmt: skip
