"""试题表: read line by line into drafts; what cannot be taken is said with its line and the reason."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.files.uploadedfile import UploadedFile

from interaction.enums.banks import Difficulty, ExamQuestionKind
from interaction.models import QuestionBank
from interaction.rules.exam_questions import QuestionDraft, faults, offered, read_key
from interaction.workbook.banks import HEADINGS, OPTION_FIELDS
from portal import spreadsheets
from portal.spreadsheets import FileRefused, Line, Refusal

MOST_LINES = 2_000
USUAL_POINTS = 2
KINDS = {kind.label: kind for kind in ExamQuestionKind} | {
    "单选题": ExamQuestionKind.SINGLE,
    "单项选择": ExamQuestionKind.SINGLE,
    "多选题": ExamQuestionKind.MULTIPLE,
    "多项选择": ExamQuestionKind.MULTIPLE,
    "判断题": ExamQuestionKind.TRUE_FALSE,
    "填空题": ExamQuestionKind.FILL_IN,
    "简答题": ExamQuestionKind.ESSAY,
}
LEVELS = {level.label: level for level in Difficulty} | {
    "容易": Difficulty.EASY,
    "中等": Difficulty.MEDIUM,
    "困难": Difficulty.HARD,
}


@dataclass
class Reading:
    """What a file holds for one bank: `drafts` to add, `known` that the bank has already, `refused` with the reason."""

    drafts: list[QuestionDraft] = field(default_factory=list)
    known: list[Refusal] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.drafts or self.known or self.refused)


def read(file: UploadedFile, bank: QuestionBank) -> Reading:
    """Raises FileRefused when the file is no table of questions."""
    with NamedTemporaryFile(suffix=Path(file.name or "").suffix[:10]) as copy:
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        lines = list(spreadsheets.read(Path(copy.name), file.name or "", HEADINGS))
    if len(lines) > MOST_LINES:
        raise FileRefused(f"一次最多导入 {MOST_LINES} 题：请分成几个文件")
    return judge(lines, bank)


def judge(lines: Iterable[Line], bank: QuestionBank) -> Reading:
    """Each line a draft, or the first thing that is wrong with it; the second of two that are the same is refused."""
    reading, first_at = Reading(), {}
    there = dict(bank.questions.order_by("is_active").values_list("fingerprint", "is_active"))
    for line in lines:
        title = line.fields.get("stem", "")[:60]
        try:
            draft = draft_of(line.fields)
        except ValueError as wrong:
            reading.refused.append(Refusal(line.place, title, str(wrong)))
            continue
        print_ = draft.fingerprint
        if print_ in there:
            said = "题库里已有这道题" if there[print_] else "题库里有过这道题，后来停用或修改了"
            reading.known.append(Refusal(line.place, title, said))
        elif print_ in first_at:
            reading.refused.append(Refusal(line.place, title, f"与第 {first_at[print_]} 行是同一道题"))
        else:
            first_at[print_] = line.place.line
            reading.drafts.append(draft)
    return reading


def draft_of(fields: Mapping[str, str]) -> QuestionDraft:
    """Raises ValueError with the first fault in words, and the heading it stands under."""
    kind = _one_of(KINDS, fields.get("kind", ""), "题型", required=True)
    level = _one_of(LEVELS, fields.get("difficulty", ""), "难度") or Difficulty.MEDIUM
    options = [fields[name] for name in OPTION_FIELDS if fields.get(name)]
    draft = QuestionDraft(
        kind=kind, difficulty=level, topic=fields.get("topic", ""), stem=fields.get("stem", ""),
        options=offered(kind, options), key=read_key(kind, fields.get("key", "")),
        points=_points(fields.get("points", "")), explanation=fields.get("explanation", ""),
    )  # fmt: skip
    _check_gaps(kind, fields)
    if wrong := faults(draft):
        raise ValueError(wrong[0].message)
    return draft


def packed(drafts: Iterable[QuestionDraft]) -> list[list]:
    """As plain lists, to be signed and carried by the page; `unpacked` gives them back."""
    return [
        [one.kind, one.stem, one.topic, one.difficulty, list(one.options), list(one.key), one.points, one.explanation]
        for one in drafts
    ]  # fmt: skip


def unpacked(rows: Iterable[list]) -> list[QuestionDraft]:
    return [
        QuestionDraft(ExamQuestionKind(kind), stem, topic, Difficulty(level), options, key, points, explanation)
        for kind, stem, topic, level, options, key, points, explanation in rows
    ]  # fmt: skip


def _one_of(words: Mapping, typed: str, heading: str, *, required: bool = False):
    if not typed:
        if required:
            raise ValueError(f"没有填写{heading}")
        return None
    if typed not in words:
        known = "、".join(value.label for value in dict.fromkeys(words.values()))
        raise ValueError(f"{heading}“{typed[:20]}”不认识：请填{known}")
    return words[typed]


def _points(typed: str) -> int:
    if not typed:
        return USUAL_POINTS
    if not (typed.isascii() and typed.isdigit()):
        raise ValueError(f"分值“{typed[:20]}”不是整数")
    return int(typed[:9])


def _check_gaps(kind: ExamQuestionKind, fields: Mapping[str, str]) -> None:
    """An empty option before a filled one would move the letters of the key."""
    filled = [bool(fields.get(name)) for name in OPTION_FIELDS]
    if kind.offers_options and any(not one and other for one, other in pairwise(filled)):
        raise ValueError("选项中间有空格子：请依次填写，不要跳过")
