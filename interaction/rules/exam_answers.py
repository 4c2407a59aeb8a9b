"""What may be answered to a question, and what an answer is worth. Nothing here reads or writes."""

import re
from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal
from unicodedata import normalize

from interaction.enums.banks import ExamQuestionKind
from interaction.enums.exams import MultipleRule
from interaction.models import AttemptItem
from interaction.models.exams import HALF
from interaction.rules.exam_questions import blanks_in
from portal.workflow import Refused

BLANK_LENGTH, ESSAY_LENGTH = 200, 5_000
NOTHING = Decimal(0)
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff\ud800-\udfff]")
_PLACE = re.compile(r"[0-9]{1,2}")

Answer = list[int] | list[str]


def clean(item: AttemptItem, typed: Sequence[str]) -> Answer:
    """The answer as it is kept. Raises Refused for what the page does not offer, or what is too long."""
    kind = ExamQuestionKind(item.question.kind)
    if kind.has_choices:
        return _picked(kind, typed, len(item.order))
    if kind == ExamQuestionKind.FILL_IN:
        return _filled(typed, blanks_in(item.question.stem))
    return _written(typed)


def award(item: AttemptItem, rule: MultipleRule) -> Decimal | None:
    """What the answer is worth; None where a person has to mark it. Nothing written is worth nothing at once."""
    kind, key, points = ExamQuestionKind(item.question.kind), item.question.key, Decimal(item.points)
    if not item.is_answered:
        return NOTHING
    if kind == ExamQuestionKind.ESSAY:
        return None
    if kind == ExamQuestionKind.FILL_IN:
        return _share(points, sum(map(is_accepted, item.answer, key)), len(key))
    return _choice(set(item.picked), set(key), points, rule)


def is_accepted(typed: str, variants: Sequence[str]) -> bool:
    """Full and half width, capitals and spaces make no difference."""
    return bool(plain(typed)) and plain(typed) in {plain(one) for one in variants}


def plain(text: str) -> str:
    return "".join(normalize("NFKC", text).casefold().split()).strip("。.，,；;：:、")


def _choice(picked: set[int], key: set[int], points: Decimal, rule: MultipleRule) -> Decimal:
    if picked == key:
        return points
    if rule == MultipleRule.PARTIAL and picked < key:
        return _share(points, 1, 2)
    return NOTHING


def _share(points: Decimal, part: int, of: int) -> Decimal:
    """`part` of `of`, in steps of half a point, rounded down."""
    return (points * part / of / HALF).to_integral_value(ROUND_DOWN) * HALF


def _picked(kind: ExamQuestionKind, typed: Sequence[str], offered: int) -> list[int]:
    places = {int(one) for one in typed if _PLACE.fullmatch(one) and int(one) < offered}
    if len(places) < len(set(typed)):
        raise Refused("没有这个选项")
    if len(places) > 1 and kind != ExamQuestionKind.MULTIPLE:
        raise Refused("这道题只能选一项")
    return sorted(places)


def _filled(typed: Sequence[str], blanks: int) -> list[str]:
    if len(typed) > blanks:
        raise Refused("填写的比题目的空还多")
    words = [_UNSEEN.sub("", one).strip() for one in typed]
    if any(len(one) > BLANK_LENGTH for one in words):
        raise Refused(f"每空最多 {BLANK_LENGTH} 字")
    return words + [""] * (blanks - len(words)) if any(words) else []


def _written(typed: Sequence[str]) -> list[str]:
    text = _UNSEEN.sub("", "\n".join(typed).replace("\r\n", "\n")).strip()
    if len(text) > ESSAY_LENGTH:
        raise Refused(f"最多 {ESSAY_LENGTH} 字，现在有 {len(text)} 字")
    return [text] if text else []
