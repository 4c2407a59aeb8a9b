"""What makes a good question of a 题库: read from what is typed, judged, recognised when it comes again.

Typed on the page and read from a workbook alike, so both are judged here.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from interaction.enums.banks import FALSE, TRUE, Difficulty, ExamQuestionKind

LETTERS = "ABCDEFGH"
FEWEST_OPTIONS = 2
STEM_LENGTH, OPTION_LENGTH, TOPIC_LENGTH, KEY_LENGTH, EXPLANATION_LENGTH = 1000, 300, 40, 2000, 1000
MOST_POINTS, MOST_BLANKS, MOST_VARIANTS = 100, 10, 20

BLANK = re.compile(r"[_＿]{3,}")
"""Where something is to be filled in: three or more low lines."""

_BETWEEN_BLANKS = re.compile(r"[；;\n]")
_BETWEEN_VARIANTS = re.compile(r"[|｜]")
_NO_LETTERS = re.compile(r"[\s,，、;；.．/]")
_TRUE_WORDS = {TRUE, "对", "是", "√", "✓", "T", "TRUE", "Y", "YES"}
_FALSE_WORDS = {FALSE, "错", "否", "×", "✗", "X", "F", "FALSE", "N", "NO"}

Key = list
"""By kind: positions of the right options; for 填空 the variants accepted for each blank; for 简答 one model answer."""


@dataclass(frozen=True)
class QuestionDraft:
    """A question as somebody wants it; `options` and `key` as the model keeps them."""

    kind: ExamQuestionKind
    stem: str
    topic: str = ""
    difficulty: Difficulty = Difficulty.MEDIUM
    options: Sequence[str] = ()
    key: Sequence = ()
    points: int = 2
    explanation: str = ""

    @property
    def fingerprint(self) -> str:
        """The same for the same question however it is spaced, whatever its options' order and its key."""
        said = [self.kind, folded(self.stem)]
        if self.kind.offers_options:
            said += sorted(folded(option) for option in self.options)
        return hashlib.sha256("\n".join(said).encode()).hexdigest()


@dataclass(frozen=True)
class Fault:
    """What is wrong with a draft, at which field of it."""

    field: str
    message: str


def folded(text: str) -> str:
    """As two people mean the same by it: full and half width, capitals and spaces make no difference."""
    return "".join(normalize("NFKC", text).casefold().split())


def blanks_in(stem: str) -> int:
    return len(BLANK.findall(stem))


def read_key(kind: ExamQuestionKind, typed: str) -> Key:
    """The key as people type it: `ABD`, `正确`, `三倍|3倍；五百元`, or a model answer. Raises ValueError in words."""
    if kind == ExamQuestionKind.TRUE_FALSE:
        return [_truth(typed)]
    if kind.has_choices:
        return _letters(typed)
    if kind == ExamQuestionKind.FILL_IN:
        blanks = [blank for blank in _BETWEEN_BLANKS.split(typed) if blank.strip()]
        return [[one.strip() for one in _BETWEEN_VARIANTS.split(blank) if one.strip()] for blank in blanks]
    return [typed.strip()] if typed.strip() else []


def written_key(kind: ExamQuestionKind, key: Key) -> str:
    """As `read_key` takes it: for the form, the workbook and whoever reads the answers."""
    if kind == ExamQuestionKind.TRUE_FALSE:
        return (TRUE, FALSE)[key[0]] if key else ""
    if kind.has_choices:
        return "".join(LETTERS[place] for place in key)
    if kind == ExamQuestionKind.FILL_IN:
        return "；".join("|".join(variants) for variants in key)
    return key[0] if key else ""


def offered(kind: ExamQuestionKind, options: Sequence[str]) -> list[str]:
    """What the question lets choose from: 判断 always the same two, 填空 and 简答 nothing."""
    if kind == ExamQuestionKind.TRUE_FALSE:
        return [TRUE, FALSE]
    return list(options) if kind.offers_options else []


def faults(draft: QuestionDraft) -> list[Fault]:
    """Everything that keeps the draft out of the bank, in the order of the form's fields."""
    return [fault for check in _CHECKS for fault in check(draft)]


def _truth(typed: str) -> int:
    word = normalize("NFKC", typed).strip().upper()
    if word in _TRUE_WORDS:
        return 0
    if word in _FALSE_WORDS:
        return 1
    raise ValueError(f"判断题的答案请填“{TRUE}”或“{FALSE}”")


def _letters(typed: str) -> list[int]:
    letters = _NO_LETTERS.sub("", normalize("NFKC", typed)).upper()
    strange = [letter for letter in letters if letter not in LETTERS]
    if strange:
        raise ValueError(f"答案请填选项的字母（A—{LETTERS[-1]}），“{strange[0]}”不是")
    return sorted({LETTERS.index(letter) for letter in letters})


def _check_stem(draft: QuestionDraft) -> Iterator[Fault]:
    if not draft.stem.strip():
        yield Fault("stem", "请填写题干")
    elif len(draft.stem) > STEM_LENGTH:
        yield Fault("stem", f"题干最多 {STEM_LENGTH} 字，现在有 {len(draft.stem)} 字")
    elif draft.kind == ExamQuestionKind.FILL_IN and not 1 <= blanks_in(draft.stem) <= MOST_BLANKS:
        yield Fault("stem", f"填空题请在题干里用“____”（连续下划线）标出要填的地方，1—{MOST_BLANKS} 处")


def _check_topic(draft: QuestionDraft) -> Iterator[Fault]:
    if not draft.topic.strip():
        yield Fault("topic", "请填写知识点")
    elif len(draft.topic) > TOPIC_LENGTH:
        yield Fault("topic", f"知识点最多 {TOPIC_LENGTH} 字")


def _check_options(draft: QuestionDraft) -> Iterator[Fault]:
    if not draft.kind.offers_options:
        return
    same = {folded(option) for option in draft.options}
    if not FEWEST_OPTIONS <= len(draft.options) <= len(LETTERS):
        yield Fault("options", f"选项须有 {FEWEST_OPTIONS}—{len(LETTERS)} 个，现在有 {len(draft.options)} 个")
    elif len(same) < len(draft.options):
        yield Fault("options", "有两个选项相同")
    elif any(len(option) > OPTION_LENGTH for option in draft.options):
        yield Fault("options", f"每个选项最多 {OPTION_LENGTH} 字")


def _check_key(draft: QuestionDraft) -> Iterator[Fault]:
    if not draft.key:
        yield Fault("key", "请填写答案")
    elif draft.kind.offers_options:
        yield from _check_choice(draft)
    elif draft.kind == ExamQuestionKind.FILL_IN:
        yield from _check_blanks(draft)
    elif draft.kind == ExamQuestionKind.ESSAY and len(draft.key[0]) > KEY_LENGTH:
        yield Fault("key", f"参考答案最多 {KEY_LENGTH} 字")


def _check_choice(draft: QuestionDraft) -> Iterator[Fault]:
    missing = [LETTERS[place] for place in draft.key if place >= len(draft.options)]
    if missing:
        yield Fault("key", f"答案是 {missing[0]}，可是没有选项 {missing[0]}")
    elif draft.kind == ExamQuestionKind.SINGLE and len(draft.key) != 1:
        yield Fault("key", "单选题只能有一个答案")
    elif draft.kind == ExamQuestionKind.MULTIPLE and len(draft.key) < 2:
        yield Fault("key", "多选题至少有两个答案；只有一个的请改为单选")


def _check_blanks(draft: QuestionDraft) -> Iterator[Fault]:
    blanks = blanks_in(draft.stem)
    if blanks and len(draft.key) != blanks:
        yield Fault("key", f"题干有 {blanks} 处空，答案有 {len(draft.key)} 处；各空用“；”隔开")
    elif any(not variants or len(variants) > MOST_VARIANTS for variants in draft.key):
        yield Fault("key", f"每空须有 1—{MOST_VARIANTS} 种写法，用“|”隔开")
    elif any(len(one) > OPTION_LENGTH for variants in draft.key for one in variants):
        yield Fault("key", f"每空最多 {OPTION_LENGTH} 字")


def _check_rest(draft: QuestionDraft) -> Iterator[Fault]:
    if not 1 <= draft.points <= MOST_POINTS:
        yield Fault("points", f"分值须在 1—{MOST_POINTS} 之间")
    if len(draft.explanation) > EXPLANATION_LENGTH:
        yield Fault("explanation", f"解析最多 {EXPLANATION_LENGTH} 字")


_CHECKS = (_check_stem, _check_topic, _check_options, _check_key, _check_rest)
