"""Two at once, on threads with connections of their own: one paper, one result, the newer answer, no double import."""

from datetime import timedelta

import pytest

from interaction.enums.exams import AttemptState
from interaction.models import Attempt, BankReader
from interaction.operations import attempts, banks, exam_marking
from interaction.operations.attempts import in_milliseconds
from portal import clock
from portal.models import AuditEntry
from portal.workflow import Refused, TooLate
from tests.interaction.exams.conftest import draft
from tests.races import RACING, at_once, fresh, one_won

pytestmark = RACING
ROUNDS = range(2)


@pytest.mark.parametrize("turn", ROUNDS)
def test_of_two_starts_there_is_one_paper(turn, make_exam, office):
    exam = make_exam(SINGLE=(3, 5))
    results = at_once(*[lambda: attempts.start(exam, by=fresh(office.staff))] * 3)
    assert {one.pk for one in results} == {Attempt.objects.get().pk}
    assert Attempt.objects.get().items.count() == 3
    assert AuditEntry.objects.filter(verb="start").count() == 1


@pytest.mark.parametrize("turn", ROUNDS)
def test_of_two_who_hand_in_there_is_one_result(turn, make_exam, office):
    attempt = attempts.start(make_exam(SINGLE=(3, 5)), by=office.staff)
    at_once(*[lambda: attempts.hand_in(fresh(attempt), by=fresh(office.staff))] * 2)
    assert fresh(attempt).state == AttemptState.HANDED_IN
    assert AuditEntry.objects.filter(verb="hand_in").count() == 1


@pytest.mark.parametrize("turn", ROUNDS)
def test_of_two_saves_the_newer_answer_stays(turn, make_exam, office):
    attempt = attempts.start(make_exam(SINGLE=(1, 5)), by=office.staff)
    now = in_milliseconds(clock.now())

    def save(answer, sequence):
        return attempts.save(attempt.activity_id, 1, 1, [answer], sequence, by=fresh(office.staff))

    at_once(lambda: save("2", now - 10), lambda: save("0", now - 500), lambda: save("1", now - 1000))
    assert attempt.items.get().answer == [2]


@pytest.mark.parametrize("turn", ROUNDS)
def test_an_answer_is_saved_before_the_paper_is_in_or_not_at_all(turn, make_exam, office):
    attempt = attempts.start(make_exam(TRUE_FALSE=(1, 5)), by=office.staff)
    sequence = in_milliseconds(clock.now())
    saved, _ = at_once(
        lambda: attempts.save(attempt.activity_id, 1, 1, ["1"], sequence, by=fresh(office.staff)),
        lambda: attempts.hand_in(fresh(attempt), by=fresh(office.staff)),
    )
    item = attempt.items.get()
    in_time = not isinstance(saved, TooLate)
    assert (item.answer == [1], fresh(attempt).points == 5) == (in_time, in_time)


@pytest.mark.parametrize("turn", ROUNDS)
def test_of_starting_and_opening_the_bank_one_comes_first(turn, make_exam, bank, office):
    exam = make_exam(SINGLE=(1, 5))
    at_once(
        lambda: attempts.start(exam, by=fresh(office.moderator)),
        lambda: banks.open_(bank, by=fresh(office.moderator)),
    )
    sits = Attempt.objects.filter(person=office.moderator).exists()
    knows = BankReader.objects.filter(person=office.moderator).exists()
    assert sits != knows


@pytest.mark.parametrize("turn", ROUNDS)
def test_of_two_imports_each_question_comes_once(turn, bank, office):
    drafts = [draft(number=number) for number in range(5)]
    results = at_once(*[lambda: banks.import_questions(bank, drafts, by=fresh(office.collector))] * 2)
    assert sorted(results) == [0, 5]


@pytest.mark.parametrize("turn", ROUNDS)
def test_of_two_who_change_a_question_one_is_told(turn, bank, add, office):
    question = add()
    results = at_once(
        lambda: banks.replace_question(fresh(question), draft(key=[0]), by=fresh(office.collector)),
        lambda: banks.replace_question(fresh(question), draft(key=[2]), by=fresh(office.collector)),
    )
    assert one_won(results).is_active
    assert bank.questions.filter(is_active=True).count() == 1


@pytest.mark.parametrize("turn", ROUNDS)
def test_of_two_markers_one_is_told(turn, make_exam, office):
    exam = make_exam(ESSAY=(1, 10))
    attempt = attempts.start(exam, by=office.staff)
    attempts.save(exam.pk, 1, 1, ["一段回答"], in_milliseconds(clock.now()), by=office.staff)
    attempts.hand_in(attempt, by=office.staff)
    item, late = attempt.items.get(), exam.closes_at + timedelta(hours=1)

    def mark(points, by):
        with clock.at(late):
            return exam_marking.mark(fresh(item), points, by=fresh(by))

    results = at_once(lambda: mark(5, office.collector), lambda: mark(8, office.moderator))
    assert one_won(results).awarded == fresh(attempt).points


def test_the_sweep_and_the_person_take_the_paper_in_once(make_exam, office):
    attempt = attempts.start(make_exam(SINGLE=(1, 5)), by=office.staff)
    late = attempt.deadline_at

    def at_the_end(act):
        def run():
            with clock.at(late):
                return act()

        return run

    results = at_once(
        at_the_end(attempts.collect_exam_papers),
        at_the_end(lambda: attempts.hand_in(fresh(attempt), by=fresh(office.staff))),
    )
    assert not any(isinstance(one, Refused) for one in results)
    assert AuditEntry.objects.filter(verb="collect").count() == 1
