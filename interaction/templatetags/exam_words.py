"""How questions and papers are put into words."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.template.context import Context

from interaction.enums.activities import ActivityState
from interaction.enums.banks import ExamQuestionKind
from interaction.models import Activity, AttemptItem
from interaction.rules import exams as rules
from interaction.rules.exam_questions import BLANK, LETTERS, written_key

register = template.Library()


@register.simple_tag(takes_context=True)
def exam_doors(context: Context, activity: Activity) -> dict[str, bool]:
    """Which of an approved exam's rooms are open to whoever looks: 监考 and 阅卷."""
    user = context["request"].user
    return {
        "watch": activity.state == ActivityState.APPROVED and rules.may_watch(user, activity),
        "mark": activity.state == ActivityState.APPROVED and rules.may_see_marking(user, activity),
    }


@register.filter
def letter(place: int) -> str:
    """A for the first option, B for the second."""
    return LETTERS[place]


@register.filter
def key_words(question: Any) -> str:
    """The right answer of a question or a draft, as people write it."""
    return written_key(ExamQuestionKind(question.kind), question.key)


@register.filter
def shown_options(item: AttemptItem) -> list[tuple[int, str, bool]]:
    """The options as this paper shows them: place, words, whether it is picked."""
    words = item.question.options
    return [(place, words[original], place in item.answer) for place, original in enumerate(item.order)]


@register.filter
def stem_pieces(item: AttemptItem) -> list[tuple[str, int, str]]:
    """The stem of a 填空 cut at its blanks: words, then the number of the blank after them and what stands in it.

    The last piece has no blank: its number is 0.
    """
    pieces = BLANK.split(item.question.stem)
    filled = [*item.answer, *[""] * len(pieces)]
    return [
        (words, 0 if place == len(pieces) else place, filled[place - 1])
        for place, words in enumerate(pieces, start=1)
    ]


@register.filter
def answer_words(item: AttemptItem) -> str:
    """What was answered, as people write it: letters as the paper showed them, 正确, the words."""
    kind = ExamQuestionKind(item.question.kind)
    if not item.is_answered:
        return "没有作答"
    if kind == ExamQuestionKind.TRUE_FALSE:
        return item.question.options[item.picked[0]]
    if kind.has_choices:
        return "".join(LETTERS[place] for place in item.answer)
    return "；".join(one or "（空）" for one in item.answer)


@register.filter
def right_words(item: AttemptItem) -> str:
    """The right answer, with the letters as this paper showed them."""
    question = item.question
    if ExamQuestionKind(question.kind).offers_options:
        places = sorted(item.order.index(original) for original in question.key)
        return "".join(LETTERS[place] for place in places)
    return key_words(question)


@register.filter
def is_right(item: AttemptItem, place: int) -> bool:
    """Whether the option at that place of the paper is a right one."""
    return item.order[place] in item.question.key


@register.filter
def clock_words(seconds: int) -> str:
    """1 小时 05 分, 12 分 30 秒."""
    hours, rest = divmod(int(seconds), 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours} 小时 {minutes:02} 分" if hours else f"{minutes} 分 {seconds:02} 秒"


@register.filter
def plain_points(points: Decimal | None) -> str:
    """86, 86.5; a dash where there is none yet."""
    return "—" if points is None else f"{points:.1f}".removesuffix(".0")


@register.filter
def share(part: float | None) -> str:
    """0.734 → 73.4%; a dash for nothing."""
    return "—" if part is None else f"{100 * part:.1f}%"


@register.filter
def at(rows: Sequence | dict, place: Any) -> Any:
    """`{{ rows|at:place }}`: what stands there; None where nothing does."""
    try:
        return rows[place]
    except (IndexError, KeyError):
        return None
