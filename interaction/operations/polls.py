"""The only writers of what a poll asks and promises. Each begins with `change`: nothing is written after approval."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from interaction.enums.activities import ActivityKind
from interaction.models import Activity, Poll, PollOption, PollQuestion
from interaction.operations.activities import change
from portal import audit, richtext
from portal.models import User
from portal.workflow import Refused

MOST_QUESTIONS, MOST_OPTIONS = 50, 60
USUAL_SCALE = (("满意", 100), ("基本满意", 60), ("不满意", 0))
"""What an appraisal's scale begins with; the maker changes it."""


@dataclass(frozen=True)
class Choosable:
    """An option as typed; `points` for the levels of a scale."""

    text: str
    description: str = ""
    points: int | None = None


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question as typed, or what is appraised."""

    text: str
    description: str = ""
    least: int = 1
    most: int = 1
    options: Sequence[Choosable] = ()


def begin(activity: Activity) -> None:
    """What a new poll or appraisal begins with; part of making the activity."""
    poll = Poll.objects.create(activity=activity)
    if activity.kind == ActivityKind.APPRAISAL:
        _put_options(poll, None, [Choosable(text, points=points) for text, points in USUAL_SCALE])


def copy(source: Activity, target: Activity) -> None:
    """The same questions and promises for a new activity; part of copying it."""
    old = source.poll
    poll = Poll.objects.create(activity=target, is_anonymous=old.is_anonymous, counts_units=old.counts_units)
    _put_options(poll, None, [_typed(one) for one in old.levels()])
    for question in old.questions.order_by("position", "pk").prefetch_related("own_options"):
        options = [_typed(one) for one in question.own_options.all()]
        question.pk, question._state.adding, question.poll = None, True, poll
        question.save()
        _put_options(poll, question, options)


@transaction.atomic
def promise(
    activity: Activity, *, is_anonymous: bool, counts_units: bool, by: User, version: int | None = None
) -> None:
    """不记名 or signed, and whether ballots say the voter's department."""
    activity = change(activity, by=by, version=version)
    Poll.objects.filter(pk=activity.pk).update(is_anonymous=is_anonymous, counts_units=counts_units)
    audit.record(
        "save_content", "设定记名方式", activity, actor=by, note="不记名" if is_anonymous else "记名"
    )


@transaction.atomic
def put_question(
    activity: Activity,
    asked: Asked,
    *,
    by: User,
    question: PollQuestion | None = None,
    version: int | None = None,
) -> PollQuestion:
    """Add a question at the end, or change one with all its options."""
    activity = change(activity, by=by, version=version)
    poll = activity.poll
    if question is None:
        last = poll.questions.order_by("-position").values_list("position", flat=True).first() or 0
        if poll.questions.count() >= MOST_QUESTIONS:
            raise Refused(f"一项投票最多 {MOST_QUESTIONS} 题")
        question = PollQuestion(poll=poll, position=last + 1)
    _fill(question, asked)
    question.save()
    question.own_options.all().delete()
    _put_options(poll, question, asked.options)
    audit.record("save_content", "保存题目", activity, actor=by, note=question.text[:80])
    return question


@transaction.atomic
def drop_question(activity: Activity, question: PollQuestion, *, by: User) -> None:
    activity = change(activity, by=by)
    audit.record("save_content", "删除题目", activity, actor=by, note=question.text[:80])
    question.delete()


@transaction.atomic
def move_question(activity: Activity, question: PollQuestion, *, up: bool, by: User) -> None:
    """One place up or down; at the end of the list nothing happens."""
    activity = change(activity, by=by)
    rows = list(activity.poll.questions.order_by("position", "pk"))
    here = rows.index(question)
    there = here - 1 if up else here + 1
    if 0 <= there < len(rows):
        rows[here], rows[there] = rows[there], rows[here]
    for position, row in enumerate(rows, start=1):
        row.position = position
    PollQuestion.objects.bulk_update(rows, ["position"])


@transaction.atomic
def put_appraisal(
    activity: Activity,
    items: Sequence[Asked],
    levels: Sequence[Choosable],
    *,
    is_anonymous: bool,
    counts_units: bool,
    by: User,
    version: int | None = None,
) -> None:
    """评议对象, 等次 and the promise about the ballots, as a whole."""
    activity = change(activity, by=by, version=version)
    poll = activity.poll
    poll.is_anonymous, poll.counts_units = is_anonymous, counts_units
    poll.save()
    poll.questions.all().delete()
    poll.options.all().delete()
    _put_options(poll, None, levels)
    rows = [PollQuestion(poll=poll, position=position) for position in range(1, len(items) + 1)]
    for row, item in zip(rows, items, strict=True):
        _fill(row, item)
    PollQuestion.objects.bulk_create(rows)
    audit.record("save_content", "保存评议对象和等次", activity, actor=by, note=f"{len(items)} 个对象")


def _fill(question: PollQuestion, asked: Asked) -> None:
    question.text, question.description = richtext.one_line(asked.text), richtext.one_line(asked.description)
    question.least, question.most = asked.least, asked.most


def _put_options(poll: Poll, question: PollQuestion | None, options: Sequence[Choosable]) -> None:
    PollOption.objects.bulk_create(
        PollOption(
            poll=poll, question=question, position=position, text=richtext.one_line(one.text),
            description=richtext.one_line(one.description), points=one.points,
        )
        for position, one in enumerate(options, start=1)
    )  # fmt: skip


def _typed(option: PollOption) -> Choosable:
    return Choosable(option.text, option.description, option.points)
