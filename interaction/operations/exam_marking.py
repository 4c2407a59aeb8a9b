"""阅卷: what a person has to mark, marked by somebody who did not sit and does not see whose it is."""

from decimal import Decimal

from django.db import transaction

from interaction.enums.banks import ExamQuestionKind
from interaction.models import AttemptItem
from interaction.models.exams import HALF
from interaction.operations.attempts import locked, total
from interaction.rules import exams as rules
from portal import audit, clock
from portal.models import User
from portal.workflow import NotAllowed, Refused, TooLate, as_they_stand


@transaction.atomic
def mark(item: AttemptItem, points: Decimal, *, by: User, remark: str = "") -> AttemptItem:
    """评分: the paper's result is final with the last of its marks. Somebody else's mark raises TooLate."""
    item, by = _locked(item, by)
    if item.awarded is not None:
        raise TooLate("这份答案刚被别人评过，请评下一份")
    return _put(item, points, remark, by, "mark", "评分", "")


@transaction.atomic
def correct(item: AttemptItem, points: Decimal, *, by: User, note: str, remark: str = "") -> AttemptItem:
    """改分, with a reason; until the results are published."""
    item, by = _locked(item, by)
    if item.awarded is None:
        raise TooLate("这份答案还没有评过分")
    if item.attempt.activity.results_published_at:
        raise TooLate("成绩已经公布，不能改分")
    if not note.strip():
        raise Refused("请写明改分的理由", "note")
    said = f"{item.awarded} → {points} 分：{note.strip()}"
    return _put(item, points, remark, by, "correct_mark", "改分", said)


def _locked(item: AttemptItem, by: User) -> tuple[AttemptItem, User]:
    """Paper first, then item: nobody hands it back meanwhile."""
    attempt = locked(item.attempt)
    by = as_they_stand(by)
    if reason := rules.why_not_mark(by, attempt.activity):
        raise NotAllowed(reason)
    rows = AttemptItem.objects.select_for_update(of=("self",), no_key=True).select_related("question")
    item = rows.get(pk=item.pk)
    item.attempt = attempt
    if attempt.is_running:
        raise TooLate("这份答卷正在作答")
    if item.question.kind != ExamQuestionKind.ESSAY:
        raise NotAllowed("客观题由系统评分，不能手工改")
    return item, by


def _put(
    item: AttemptItem, points: Decimal, remark: str, by: User, verb: str, label: str, note: str
) -> AttemptItem:
    if not 0 <= points <= item.points or points % HALF:
        raise Refused(f"请填 0—{item.points} 分，可以有半分", "points")
    item.awarded, item.remark = points, remark.strip()
    item.marked_by, item.marked_at = by, clock.now()
    item.save(update_fields=["awarded", "remark", "marked_by", "marked_at"])
    attempt = item.attempt
    attempt.points = total(list(attempt.items.all()))
    attempt.save(update_fields=["points"])
    audit.record(verb, label, attempt, actor=by, note=note or f"第 {item.position} 题 {points} 分")
    return item
