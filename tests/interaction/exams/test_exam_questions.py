"""What makes a good question: read as people type it, judged in words, recognised when it comes again."""

import pytest

from interaction.enums.banks import ExamQuestionKind as K
from interaction.rules.exam_questions import faults, read_key, written_key
from tests.interaction.exams.conftest import draft


@pytest.mark.parametrize(
    ("kind", "typed", "key"),
    [
        (K.SINGLE, "B", [1]),
        (K.SINGLE, " ｂ ", [1]),
        (K.MULTIPLE, "A、C D", [0, 2, 3]),
        (K.MULTIPLE, "DCA", [0, 2, 3]),
        (K.MULTIPLE, "ＡＡＣ", [0, 2]),
        (K.TRUE_FALSE, "√", [0]),
        (K.TRUE_FALSE, "错", [1]),
        (K.FILL_IN, "三倍|3倍；五百元 | 500元", [["三倍", "3倍"], ["五百元", "500元"]]),
        (K.FILL_IN, "消费者;", [["消费者"]]),
        (K.ESSAY, "协商；调解。", ["协商；调解。"]),
        (K.ESSAY, "  ", []),
    ],
)
def test_a_key_is_read_as_people_type_it(kind, typed, key):
    assert read_key(kind, typed) == key


@pytest.mark.parametrize(
    ("kind", "typed", "reason"),
    [
        (K.SINGLE, "1", "答案请填选项的字母（A—H），“1”不是"),
        (K.TRUE_FALSE, "大概", "判断题的答案请填“正确”或“错误”"),
    ],
)
def test_a_key_that_means_nothing_is_refused_in_words(kind, typed, reason):
    with pytest.raises(ValueError, match="请填") as refused:
        read_key(kind, typed)
    assert str(refused.value) == reason


@pytest.mark.parametrize("kind", list(K))
def test_a_key_is_written_as_it_is_read(kind):
    key = draft(kind).key
    assert read_key(kind, written_key(kind, key)) == key


@pytest.mark.parametrize("kind", list(K))
def test_a_sound_draft_has_no_faults(kind):
    assert faults(draft(kind)) == []


@pytest.mark.parametrize(
    ("kind", "change", "field"),
    [
        (K.SINGLE, {"stem": " "}, "stem"),
        (K.SINGLE, {"stem": "长" * 1001}, "stem"),
        (K.SINGLE, {"topic": ""}, "topic"),
        (K.SINGLE, {"topic": "长" * 41}, "topic"),
        (K.SINGLE, {"options": ["甲"], "key": [0]}, "options"),
        (K.SINGLE, {"options": list("甲乙丙丁戊己庚辛壬")}, "options"),
        (K.SINGLE, {"options": ["甲", " 甲 "]}, "options"),
        (K.SINGLE, {"options": ["甲", "乙" * 301]}, "options"),
        (K.SINGLE, {"key": []}, "key"),
        (K.SINGLE, {"key": [0, 1]}, "key"),
        (K.SINGLE, {"key": [3]}, "key"),
        (K.MULTIPLE, {"key": [0]}, "key"),
        (K.FILL_IN, {"stem": "没有空。"}, "stem"),
        (K.FILL_IN, {"stem": "____和____。"}, "key"),
        (K.FILL_IN, {"key": [["长" * 301]]}, "key"),
        (K.FILL_IN, {"key": [[str(one) for one in range(21)]]}, "key"),
        (K.ESSAY, {"key": ["长" * 2001]}, "key"),
        (K.SINGLE, {"points": 0}, "points"),
        (K.SINGLE, {"points": 101}, "points"),
        (K.SINGLE, {"explanation": "长" * 1001}, "explanation"),
    ],
)
def test_a_fault_is_told_at_its_field(kind, change, field):
    assert [fault.field for fault in faults(draft(kind, **change))] == [field]


def test_the_same_question_is_recognised_however_it_is_typed():
    one = draft(stem="消费者 有权（ ）", options=["知情权", "ABC"])
    other = draft(stem="消费者有权( )", options=["ａｂｃ", "知情 权"], topic="别的", points=9)
    assert one.fingerprint == other.fingerprint
    assert one.fingerprint != draft(stem="消费者有权( )", options=["知情权", "甲"]).fingerprint
