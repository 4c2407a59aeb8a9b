"""A bank of the main site, kept by the collector, with a few questions of every kind."""

import pytest
from django.core.cache import cache

from interaction.enums.banks import FALSE, TRUE, Difficulty, ExamQuestionKind
from interaction.operations import banks as operations
from interaction.rules.exam_questions import QuestionDraft
from portal import parameters
from portal.models import Parameter


def draft(kind=ExamQuestionKind.SINGLE, number=1, **fields) -> QuestionDraft:
    """A sound draft of the kind; `number` makes it another question."""
    usual = {
        ExamQuestionKind.SINGLE: {"stem": f"单选题{number}（　）。", "options": ["甲", "乙", "丙"], "key": [1]},
        ExamQuestionKind.MULTIPLE: {
            "stem": f"多选题{number}（　）。", "options": ["甲", "乙", "丙", "丁"], "key": [0, 2]
        },
        ExamQuestionKind.TRUE_FALSE: {"stem": f"判断题{number}。", "options": [TRUE, FALSE], "key": [1]},
        ExamQuestionKind.FILL_IN: {"stem": f"填空题{number}：应当____。", "key": [["三倍", "3倍"]]},
        ExamQuestionKind.ESSAY: {"stem": f"简答题{number}？", "key": ["参考答案"]},
    }[kind]  # fmt: skip
    said = {"kind": kind, "topic": "消费者权利", "difficulty": Difficulty.EASY, "points": 2}
    return QuestionDraft(**(said | usual | fields))


@pytest.fixture
def bank(office):
    return operations.make(office.main, "消费者权益保护", by=office.collector, note="每月更新")


@pytest.fixture
def add(bank, office):
    """`add(kind, number, **fields)` puts a question into the bank."""

    def make(kind=ExamQuestionKind.SINGLE, number=1, **fields):
        return operations.add_question(bank, draft(kind, number, **fields), by=office.collector)

    return make


@pytest.fixture
def sign_in(client):
    def as_person(person):
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
