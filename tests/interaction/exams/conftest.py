"""A bank of the main site kept by the collector, and exams that draw from it."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from interaction.enums.activities import ActivityKind
from interaction.enums.banks import FALSE, TRUE, Difficulty
from interaction.enums.banks import ExamQuestionKind as K
from interaction.models import Activity
from interaction.operations import attempts, exams
from interaction.operations import banks as operations
from interaction.operations.attempts import Typed
from interaction.operations.exams import Paper, RuleDraft
from interaction.rules.exam_questions import QuestionDraft
from portal import clock, parameters
from portal.models import Parameter
from tests.interaction.activity_kit import make, take
from tests.snapshot import Snapshot

LAID: dict[str, Snapshot] = {}


def draft(kind=K.SINGLE, number=1, **fields) -> QuestionDraft:
    """A sound draft of the kind; `number` makes it another question."""
    usual = {
        K.SINGLE: {"stem": f"单选题{number}（　）。", "options": ["甲", "乙", "丙"], "key": [1]},
        K.MULTIPLE: {
            "stem": f"多选题{number}（　）。", "options": ["甲", "乙", "丙", "丁"], "key": [0, 2]
        },
        K.TRUE_FALSE: {"stem": f"判断题{number}。", "options": [TRUE, FALSE], "key": [1]},
        K.FILL_IN: {"stem": f"填空题{number}：应当____。", "key": [["三倍", "3倍"]]},
        K.ESSAY: {"stem": f"简答题{number}？", "key": ["参考答案"]},
    }[kind]  # fmt: skip
    said = {"kind": kind, "topic": "消费者权利", "difficulty": Difficulty.EASY, "points": 2}
    return QuestionDraft(**(said | usual | fields))


@pytest.fixture
def laid(office, request):
    """`laid(key, build)`: what `build` gives and writes on top of the office, built once and laid down after that.

    Tests on threads check the audit trail's chain to its end: for them it is built anew.
    """

    def lay(key: str, build):
        if "transactional_db" in request.fixturenames:
            return build()
        key = f"{office.main.pk} {office.staff.pk} {key}"
        if key not in LAID:
            LAID[key] = Snapshot(build)
        return LAID[key].restore()

    return lay


@pytest.fixture
def bank(office, laid):
    return laid(
        "bank", lambda: operations.make(office.main, "消费者权益保护", by=office.collector, note="每月更新")
    )


@pytest.fixture
def add(bank, office):
    """`add(kind, number, **fields)` puts a question into the bank."""

    def make(kind=K.SINGLE, number=1, **fields):
        return operations.add_question(bank, draft(kind, number, **fields), by=office.collector)

    return make


@pytest.fixture
def sign_in(client):
    def as_person(person):
        client.logout()
        client.force_login(person)
        return client

    return as_person


@pytest.fixture
def rule(db):
    """`rule(key, value)`: what the office's regulation says."""

    def put(key: str, value: int | None):
        told = {"label": key, "unit": "", "clause": "测试", "value": value}
        Parameter.objects.update_or_create(key=key, defaults=told)
        parameters.changed()

    yield put
    cache.clear()


def fill(bank, by, **counts: int) -> None:
    """`fill(bank, by, SINGLE=3, ESSAY=1)` puts so many of each kind into the bank."""
    drafts = [draft(K(kind), number) for kind, many in counts.items() for number in range(1, many + 1)]
    operations.import_questions(bank, drafts, by=by)


@pytest.fixture
def make_exam(office, bank, laid):
    """`make_exam(SINGLE=(2, 5), upto="report")`: two 单选 worth 5 each, open for a week from an hour ago, 30 minutes.

    The bank gets what the rules ask for. `upto` "", "report" or "approve"; `settings` and `frame` as the operations
    take them.
    """

    def build(*, upto: str = "approve", settings: dict | None = None, frame: dict | None = None, **rules):
        def write() -> Activity:
            fill(bank, office.collector, **{kind: count for kind, (count, _) in rules.items()})
            activity = make(office, ActivityKind.EXAM, **({"title": "消保法考试"} | (frame or {})))
            exams.save_setup(activity, paper(bank, rules, settings or {}), by=office.collector)
            return take(activity, office, upto)

        activity = laid(f"{upto} {settings} {frame} {rules}", write)
        return Activity.objects.select_related("site").get(pk=activity.pk)

    return build


def paper(bank, rules: dict[str, tuple[int, int]], settings: dict) -> Paper:
    lines = [
        RuleDraft(bank=bank, kind=kind, count=count, points=points) for kind, (count, points) in rules.items()
    ]
    whole = sum(count * points for count, points in rules.values())
    return Paper(rules=lines, **({"pass_mark": max(whole * 6 // 10, 1), "minutes": 30} | settings))


@pytest.fixture
def sitter(office):
    """Somebody who may sit."""
    return office.staff


def at_minute(minutes: float):
    """As at so many minutes from now."""
    return clock.at(clock.now() + timedelta(minutes=minutes))


def right(item) -> list[str]:
    """The right answer to an item, as its page sends it."""
    if item.question.kind == K.FILL_IN:
        return [variants[0] for variants in item.question.key]
    if item.question.kind == K.ESSAY:
        return ["一段回答"]
    return [str(item.order.index(place)) for place in item.question.key]


def answer_all(attempt, by, *, but: tuple = ()) -> None:
    """Everything right; positions in `but` are left open."""
    items = attempt.items.select_related("question")
    typed = {one.position: Typed(right(one)) for one in items if one.position not in but}
    attempts.save_all(attempt.activity_id, attempt.number, typed, by=by)
