"""Decisions about polls and appraisals that write nothing: what is missing, whether a ballot is complete."""

from collections.abc import Collection

from interaction.enums.activities import ActivityKind
from interaction.models import Activity, Poll, PollQuestion
from portal import parameters


def least_voters() -> int:
    """From how many voters on a unit's results are shown for themselves: with fewer one could tell who chose what."""
    return parameters.value("unit_voters_least") or 1


def issues(activity: Activity) -> list[str]:
    """What is missing before it may be reported, in words."""
    poll = Poll.objects.get(pk=activity.pk)
    questions = poll.asked()
    if activity.kind == ActivityKind.APPRAISAL:
        return _appraisal_issues(questions, len(poll.levels()))
    if not questions:
        return ["请至少加一道投票题"]
    return [issue for number, one in enumerate(questions, start=1) for issue in _question_issues(number, one)]


def choice_issue(question: PollQuestion, chosen: Collection) -> str:
    """Why this choice cannot stand, in words; "" when it can."""
    if question.least <= len(chosen) <= question.most:
        return ""
    if question.most == 1:
        return "请选择一项"
    if question.least == question.most:
        return f"请选择 {question.most} 项，现在选了 {len(chosen)} 项"
    return f"请选择 {question.least} 至 {question.most} 项，现在选了 {len(chosen)} 项"


def _question_issues(number: int, question: PollQuestion):
    options = len(question.choosable)
    if options < 2:
        yield f"第 {number} 题至少要有两个选项"
    elif question.most > options:
        yield f"第 {number} 题最多选 {question.most} 项，但只有 {options} 个选项"


def _appraisal_issues(items: list[PollQuestion], levels: int) -> list[str]:
    missing = []
    if not items:
        missing.append("请至少填写一个评议对象")
    if levels < 2:
        missing.append("评议等次至少要有两级")
    return missing
