"""How questions and papers are put into words."""

from collections.abc import Sequence
from typing import Any

from django import template

from interaction.enums.banks import ExamQuestionKind
from interaction.rules.exam_questions import LETTERS, written_key

register = template.Library()


@register.filter
def letter(place: int) -> str:
    """A for the first option, B for the second."""
    return LETTERS[place]


@register.filter
def key_words(question: Any) -> str:
    """The right answer of a question or a draft, as people write it."""
    return written_key(ExamQuestionKind(question.kind), question.key)


@register.filter
def at(rows: Sequence | dict, place: Any) -> Any:
    """`{{ rows|at:place }}`: what stands there; None where nothing does."""
    try:
        return rows[place]
    except (IndexError, KeyError):
        return None
