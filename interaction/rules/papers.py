"""组卷: whether a paper's rules fit each other and the bank, and how a paper is drawn. Pure: no reads, no writes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby
from random import Random

from interaction.enums.banks import ExamQuestionKind
from interaction.models import AttemptItem, ExamQuestion, PaperRule
from interaction.models.exams import MOST_QUESTIONS

NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Drawn:
    """One question of a paper before it is written down: `order` is how its options will stand."""

    question: int
    points: int
    order: list[int]


@dataclass(frozen=True)
class Section:
    """一、单选题: the items of one kind, as they stand on the paper."""

    kind: ExamQuestionKind
    number: int
    items: list[AttemptItem]

    @property
    def heading(self) -> str:
        return f"{NUMERALS[self.number]}、{self.kind.label}题"

    @property
    def total(self) -> int:
        return sum(item.points for item in self.items)

    @property
    def each(self) -> int | None:
        """What every question of it is worth, where that is the same."""
        worth = {item.points for item in self.items}
        return worth.pop() if len(worth) == 1 else None


def total(rules: Iterable[PaperRule]) -> int:
    return sum(rule.total for rule in rules)


def matches(rule: PaperRule, question: ExamQuestion) -> bool:
    return (
        rule.bank_id == question.bank_id
        and rule.kind == question.kind
        and rule.topic in ("", question.topic)
        and rule.difficulty in ("", question.difficulty)
    )


def rule_of(rules: Iterable[PaperRule], question: ExamQuestion) -> PaperRule | None:
    """The rule under which the question may be drawn; sound rules share no question."""
    return next((rule for rule in rules if matches(rule, question)), None)


def faults(rules: Sequence[PaperRule], there: Mapping[int, int]) -> list[str]:
    """Why no paper can be drawn by these rules, in words; `there`: by place in the list, how many the bank has."""
    if not rules:
        return ["请填写组卷规则"]
    return [*_too_many(rules), *_shared(rules), *_lacking(rules, there)]


def draw(
    pools: Sequence[tuple[PaperRule, Sequence[ExamQuestion]]],
    seed: int,
    *,
    shuffles_questions: bool,
    shuffles_options: bool,
) -> list[Drawn]:
    """A paper: the same for the same pools and seed. Kinds stand in the order of the enum, as on printed papers.

    Raises ValueError when a pool is too small.
    """
    chance = Random(seed)
    drawn: list[tuple[ExamQuestion, int]] = []
    for rule, pool in pools:
        chosen = chance.sample(sorted(pool, key=_number), rule.count)
        drawn += [(one, rule.points) for one in sorted(chosen, key=_number)]
    if shuffles_questions:
        chance.shuffle(drawn)
    kinds = [kind.value for kind in ExamQuestionKind]
    drawn.sort(key=lambda pair: kinds.index(pair[0].kind))
    return [Drawn(one.pk, points, _order(one, chance if shuffles_options else None)) for one, points in drawn]


def sections(items: Iterable[AttemptItem]) -> list[Section]:
    """The paper as it is read: items with their questions, in order of position."""
    groups = groupby(items, key=lambda item: item.question.kind)
    return [
        Section(ExamQuestionKind(kind), number, list(group)) for number, (kind, group) in enumerate(groups)
    ]


def _number(question: ExamQuestion) -> int:
    return question.pk


def _order(question: ExamQuestion, chance: Random | None) -> list[int]:
    """判断 always offers 正确 first."""
    order = list(range(len(question.options)))
    if chance and ExamQuestionKind(question.kind).offers_options:
        chance.shuffle(order)
    return order


def _too_many(rules: Sequence[PaperRule]) -> Iterator[str]:
    count = sum(rule.count for rule in rules)
    if count > MOST_QUESTIONS:
        yield f"一份试卷最多 {MOST_QUESTIONS} 题，现在有 {count} 题"


def _shared(rules: Sequence[PaperRule]) -> Iterator[str]:
    for (one, rule), (other, second) in combinations(enumerate(rules, start=1), 2):
        if _meet(rule, second):
            yield f"第 {one} 条与第 {other} 条会抽到同样的题，请用知识点或难度分开"


def _meet(rule: PaperRule, other: PaperRule) -> bool:
    if (rule.bank_id, rule.kind) != (other.bank_id, other.kind):
        return False
    pairs = ((rule.topic, other.topic), (rule.difficulty, other.difficulty))
    return all(not one or not two or one == two for one, two in pairs)


def _lacking(rules: Sequence[PaperRule], there: Mapping[int, int]) -> Iterator[str]:
    for place, rule in enumerate(rules):
        has = there.get(place, 0)
        if not rule.bank.is_active:
            yield f"第 {place + 1} 条：题库“{rule.bank}”已停用"
        elif has < rule.count:
            short = rule.count - has
            yield f"第 {place + 1} 条（{rule}）要 {rule.count} 题，题库只有 {has} 题，还差 {short} 题"
