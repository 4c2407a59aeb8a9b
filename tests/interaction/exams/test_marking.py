"""阅卷: what marks itself, what a person marks without knowing whose it is, and when a result is final."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from interaction.enums.banks import ExamQuestionKind as K
from interaction.enums.exams import MultipleRule
from interaction.models import AttemptItem, ExamQuestion
from interaction.operations import activity_moves as moves
from interaction.operations import attempts, exam_marking
from interaction.queries import attempts as queries
from interaction.rules.exam_answers import award, is_accepted
from interaction.todos import exams as heaps
from portal import clock, todos
from portal.models import AuditEntry
from portal.workflow import NotAllowed, Refused, TooLate
from tests.interaction.exams.conftest import answer_all, draft


def item(kind, answer, points=4, order=None, **fields) -> AttemptItem:
    """An item as it was drawn: options in the order of the question unless `order` says otherwise."""
    made = draft(kind, **fields)
    question = ExamQuestion(kind=kind, stem=made.stem, options=list(made.options), key=list(made.key))
    return AttemptItem(
        question=question, points=points, answer=answer, order=order or list(range(len(question.options)))
    )


@pytest.mark.parametrize(
    ("kind", "answer", "rule", "points"),
    [
        (K.SINGLE, [1], MultipleRule.WHOLE, 4),
        (K.SINGLE, [0], MultipleRule.WHOLE, 0),
        (K.SINGLE, [], MultipleRule.WHOLE, 0),
        (K.TRUE_FALSE, [1], MultipleRule.WHOLE, 4),
        (K.MULTIPLE, [0, 2], MultipleRule.WHOLE, 4),
        (K.MULTIPLE, [0], MultipleRule.WHOLE, 0),
        (K.MULTIPLE, [0], MultipleRule.PARTIAL, 2),
        (K.MULTIPLE, [0, 1], MultipleRule.PARTIAL, 0),
        (K.MULTIPLE, [0, 1, 2, 3], MultipleRule.PARTIAL, 0),
        (K.MULTIPLE, [], MultipleRule.PARTIAL, 0),
        (K.FILL_IN, [" ３ 倍。"], MultipleRule.WHOLE, 4),
        (K.FILL_IN, ["四倍"], MultipleRule.WHOLE, 0),
        (K.ESSAY, ["一段回答"], MultipleRule.WHOLE, None),
        (K.ESSAY, [], MultipleRule.WHOLE, 0),
    ],
)
def test_an_answer_is_worth(kind, answer, rule, points):
    assert award(item(kind, answer), rule) == points


def test_the_order_of_the_options_makes_no_difference():
    assert award(item(K.SINGLE, [0], order=[1, 2, 0]), MultipleRule.WHOLE) == 4
    assert award(item(K.MULTIPLE, [1, 3], order=[3, 2, 1, 0]), MultipleRule.WHOLE) == 4


def test_blanks_share_the_points_in_halves_rounded_down():
    three = {"stem": "____、____、____", "key": [["甲"], ["乙"], ["丙"]]}
    assert award(item(K.FILL_IN, ["甲", "乙", ""], points=5, **three), MultipleRule.WHOLE) == Decimal("3")
    assert award(item(K.FILL_IN, ["甲", "丁", ""], points=5, **three), MultipleRule.WHOLE) == Decimal("1.5")


@pytest.mark.parametrize(
    ("typed", "is_right"),
    [
        ("三倍", True),
        (" 三 倍 ", True),
        ("3倍", True),
        ("３倍", True),
        ("三倍。", True),
        ("三", False),
        ("", False),
        ("。", False),
    ],
)
def test_width_spaces_and_a_full_stop_make_no_difference(typed, is_right):
    assert is_accepted(typed, ["三倍", "3倍"]) == is_right


# --- by hand ----------------------------------------------------------------------------------------


@pytest.fixture
def exam(make_exam):
    return make_exam(SINGLE=(2, 5), ESSAY=(1, 10))


@pytest.fixture
def paper(exam, office):
    """Handed in by the staff member: two right, an essay that waits."""
    attempt = attempts.start(exam, by=office.staff)
    answer_all(attempt, office.staff)
    return attempts.hand_in(attempt, by=office.staff)


@pytest.fixture
def essay(paper):
    return paper.items.get(question__kind=K.ESSAY)


@pytest.fixture
def after(exam):
    """After the exam has closed."""
    with clock.at(exam.closes_at + timedelta(hours=1)):
        yield


def test_a_paper_with_an_essay_has_no_points_until_it_is_marked(paper, essay, after, office):
    assert paper.points is None
    exam_marking.mark(essay, Decimal("7.5"), by=office.moderator, remark="要点齐全")
    paper.refresh_from_db()
    essay.refresh_from_db()
    assert (paper.points, essay.marked_by, essay.remark) == (Decimal("17.5"), office.moderator, "要点齐全")


def test_nobody_marks_before_the_exam_is_over(essay, office):
    with pytest.raises(NotAllowed, match="考试结束后才能阅卷"):
        exam_marking.mark(essay, Decimal(5), by=office.moderator)


def test_whoever_sat_does_not_mark(exam, essay, office):
    attempts.hand_in(attempts.start(exam, by=office.moderator), by=office.moderator)
    with clock.at(exam.closes_at + timedelta(hours=1)), pytest.raises(NotAllowed, match="不能阅卷"):
        exam_marking.mark(essay, Decimal(5), by=office.moderator)


@pytest.mark.parametrize("who", ["head_person", "inspector", "granter", "signer"])
def test_only_who_collects_marks(essay, after, office, who):
    with pytest.raises(NotAllowed):
        exam_marking.mark(essay, Decimal(5), by=getattr(office, who))


@pytest.mark.parametrize("points", ["-0.5", "10.5", "3.3"])
def test_a_mark_lies_within_its_points_in_halves(essay, after, office, points):
    with pytest.raises(Refused) as refused:
        exam_marking.mark(essay, Decimal(points), by=office.collector)
    assert refused.value.field == "points"


def test_of_two_who_mark_the_second_is_told(essay, after, office):
    exam_marking.mark(essay, Decimal(5), by=office.collector)
    with pytest.raises(TooLate, match="刚被别人评过"):
        exam_marking.mark(essay, Decimal(8), by=office.moderator)


def test_what_marks_itself_is_not_marked_by_hand(paper, after, office):
    with pytest.raises(NotAllowed, match="客观题"):
        exam_marking.mark(paper.items.first(), Decimal(1), by=office.collector)


def test_a_mark_is_corrected_with_a_reason_until_the_results_are_out(paper, essay, exam, after, office):
    exam_marking.mark(essay, Decimal(5), by=office.collector)
    with pytest.raises(Refused, match="请写明改分的理由"):
        exam_marking.correct(essay, Decimal(8), by=office.moderator, note=" ")
    exam_marking.correct(essay, Decimal(8), by=office.moderator, note="漏看一段")
    paper.refresh_from_db()
    assert paper.points == Decimal(18)
    assert AuditEntry.objects.get(verb="correct_mark").note == "5.0 → 8 分：漏看一段"
    moves.publish_results(exam, by=office.moderator)
    with pytest.raises(TooLate, match="已经公布"):
        exam_marking.correct(essay, Decimal(9), by=office.moderator, note="再改")


def test_an_essay_that_was_left_open_needs_no_marker(exam, office):
    attempt = attempts.start(exam, by=office.staff)
    answer_all(attempt, office.staff, but=(3,))
    assert attempts.hand_in(attempt, by=office.staff).points == Decimal(10)
    assert queries.next_essay(exam) is None


def test_essays_wait_on_the_desk_of_those_who_mark(exam, essay, after, office):
    heap = todos.heap(heaps.MARK)
    assert [list(heap.rows(one)) for one in (office.collector, office.moderator)] == [[exam], [exam]]
    assert [list(heap.rows(one)) for one in (office.staff, office.inspector)] == [[], []]
    exam_marking.mark(essay, Decimal(5), by=office.collector)
    assert list(heap.rows(office.moderator)) == []


# --- pages ------------------------------------------------------------------------------------------


def test_the_marker_does_not_learn_whose_it_is(sign_in, exam, essay, after, office):
    client = sign_in(office.moderator)
    overview = client.get(reverse("desk:exam_mark", args=[exam.pk]))
    assert overview.context["following"] == essay
    page = client.get(reverse("desk:exam_mark_one", args=[exam.pk, essay.pk])).content.decode()
    assert ("一段回答" in page, "参考答案" in page) == (True, True)
    assert not any(word in page for word in (office.staff.name, office.staff.staff_number))
    answer = client.post(
        reverse("desk:exam_mark_one", args=[exam.pk, essay.pk]), {"points": "6.5", "remark": ""}
    )
    assert answer.headers["Location"] == reverse("desk:exam_mark", args=[exam.pk])


@pytest.mark.parametrize("points", ["", "x", "11", "-1", "1.25", "9" * 40, "NaN"])
def test_a_wrong_mark_is_refused_at_the_field(sign_in, exam, essay, after, office, points):
    address = reverse("desk:exam_mark_one", args=[exam.pk, essay.pk])
    answer = sign_in(office.collector).post(address, {"points": points, "remark": "写过的评语"})
    assert (answer.status_code, "points" in answer.context["form"].errors) == (422, True)
    assert "写过的评语" in answer.content.decode()


def test_a_marked_answer_is_changed_only_with_a_reason(sign_in, exam, essay, after, office):
    exam_marking.mark(essay, Decimal(5), by=office.collector)
    client, address = sign_in(office.moderator), reverse("desk:exam_mark_one", args=[exam.pk, essay.pk])
    assert client.post(address, {"points": "8"}).status_code == 422
    assert client.post(address, {"points": "8", "note": "漏看一段"}).status_code == 302


def test_before_the_end_nothing_of_the_papers_shows_to_markers(sign_in, exam, essay, office):
    client = sign_in(office.moderator)
    page = client.get(reverse("desk:exam_mark", args=[exam.pk])).content.decode()
    assert ("考试结束后才能阅卷" in page, "简答题1" in page) == (True, False)
    assert client.get(reverse("desk:exam_mark_one", args=[exam.pk, essay.pk])).status_code == 404


@pytest.mark.parametrize("who", ["head_person", "inspector", "staff", "granter"])
def test_marking_is_not_there_for_others(sign_in, exam, essay, after, office, who):
    client = sign_in(getattr(office, who))
    for name, args in (("exam_mark", [exam.pk]), ("exam_mark_one", [exam.pk, essay.pk])):
        assert client.get(reverse(f"desk:{name}", args=args)).status_code == 404


def test_marking_costs_the_same_with_one_answer_and_many(
    sign_in, exam, essay, office, django_assert_max_num_queries
):
    client, address = sign_in(office.collector), reverse("desk:exam_mark", args=[exam.pk])
    late = exam.closes_at + timedelta(hours=1)
    with clock.at(late):
        client.get(address)
        with django_assert_max_num_queries(30) as one:
            client.get(address)
    for person in (office.signer, office.granter, office.security, office.auditor):
        attempt = attempts.start(exam, by=person)
        answer_all(attempt, person)
        attempts.hand_in(attempt, by=person)
    with clock.at(late), django_assert_max_num_queries(30) as many:
        client.get(address)
    assert len(many) == len(one)
