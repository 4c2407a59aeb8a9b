"""监考: time runs fairly; whoever runs the exam may give time, never to themselves, always with a reason."""

from datetime import timedelta

import pytest
from django.urls import reverse

from interaction.models import Attempt
from interaction.operations import activity_moves as moves
from interaction.operations import attempts
from interaction.operations import proctoring as operations
from portal import clock
from portal.models import AuditEntry, Notice
from portal.workflow import NotAllowed, Refused, TooLate
from tests.interaction.exams.conftest import answer_all, at_minute

pytestmark = pytest.mark.django_db
OUTAGE = "服务器中断"


@pytest.fixture
def exam(make_exam):
    return make_exam(SINGLE=(3, 5))


@pytest.fixture
def attempt(exam, sitter):
    return attempts.start(exam, by=sitter)


def fresh(attempt) -> Attempt:
    return Attempt.objects.get(pk=attempt.pk)


def give(attempt, office, minutes=10, note=OUTAGE, by=None):
    return operations.give_time(attempt, minutes, note=note, by=by or office.moderator)


def test_time_is_given_from_the_deadline(attempt, office):
    later = give(attempt, office)
    assert later.deadline_at - attempt.deadline_at == timedelta(minutes=10)
    entry = AuditEntry.objects.get(verb="give_time")
    assert (entry.actor, entry.note) == (office.moderator, f"10 分钟：{OUTAGE}")


def test_past_the_deadline_time_is_given_from_now(attempt, office):
    with at_minute(40):
        assert give(attempt, office).deadline_at == clock.now() + timedelta(minutes=10)


def test_given_time_goes_beyond_the_end_of_the_exam(exam, sitter, office):
    with clock.at(exam.closes_at - timedelta(minutes=1)):
        attempt = attempts.start(exam, by=sitter)
        give(attempt, office)
    with clock.at(exam.closes_at + timedelta(minutes=5)):
        assert attempts.save(exam.pk, 1, 1, ["1"], attempts.in_milliseconds(clock.now()), by=sitter).is_kept


def test_a_collected_paper_is_given_back_with_its_answers(attempt, sitter, office):
    answer_all(attempt, sitter)
    with at_minute(31):
        attempts.collect_exam_papers()
        back = give(fresh(attempt), office)
        assert (back.is_running, back.points, back.deadline_at) == (
            True,
            None,
            clock.now() + timedelta(minutes=10),
        )
        assert set(back.items.values_list("awarded", flat=True)) == {None}
        assert attempts.hand_in(back, by=sitter).points == 15
    assert Notice.objects.filter(recipient=sitter, title__startswith="可以继续答题").count() == 1


def test_what_the_person_handed_in_is_not_given_back(attempt, sitter, office):
    attempts.hand_in(attempt, by=sitter)
    with pytest.raises(Refused, match="本人交卷的，不能恢复"):
        give(fresh(attempt), office)


def test_a_paper_before_the_last_is_not_given_back(make_exam, sitter, office):
    exam = make_exam(settings={"attempts_allowed": 2}, SINGLE=(1, 5))
    first = attempts.start(exam, by=sitter)
    with at_minute(31):
        attempts.collect(first)
        attempts.start(exam, by=sitter)
        with pytest.raises(Refused, match="又考了一次"):
            give(fresh(first), office)


@pytest.mark.parametrize("who", ["collector", "head_person", "inspector", "staff", "granter"])
def test_only_who_publishes_gives_time(attempt, office, who):
    with pytest.raises(NotAllowed):
        give(attempt, office, by=getattr(office, who))
    with pytest.raises(NotAllowed):
        operations.give_time_to_all(attempt.activity, 10, note=OUTAGE, by=getattr(office, who))


def test_whoever_sits_gives_no_time(exam, attempt, office):
    attempts.start(exam, by=office.moderator)
    with pytest.raises(NotAllowed, match="不能监考"):
        give(attempt, office)


@pytest.mark.parametrize(
    ("minutes", "note", "field"), [(0, OUTAGE, "minutes"), (241, OUTAGE, "minutes"), (10, "  ", "note")]
)
def test_time_has_bounds_and_a_reason(attempt, office, minutes, note, field):
    for act in (
        lambda: operations.give_time(attempt, minutes, note=note, by=office.moderator),
        lambda: operations.give_time_to_all(attempt.activity, minutes, note=note, by=office.moderator),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.field == field
    assert fresh(attempt).deadline_at == attempt.deadline_at


def test_everybody_who_sits_is_given_time_at_once(exam, attempt, office, django_assert_max_num_queries):
    others = [attempts.start(exam, by=person) for person in (office.signer, office.granter, office.auditor)]
    attempts.hand_in(others[0], by=office.signer)
    with django_assert_max_num_queries(18):
        given = operations.give_time_to_all(exam, 15, note=OUTAGE, by=office.moderator)
    assert {one.person for one in given} == {office.staff, office.granter, office.auditor}
    assert fresh(attempt).deadline_at - attempt.deadline_at == timedelta(minutes=15)
    assert AuditEntry.objects.get(verb="give_time_to_all").note == f"15 分钟：{OUTAGE}（3 人）"
    assert AuditEntry.objects.filter(verb="give_time").count() == 3


def test_collected_papers_come_back_with_all_where_asked(exam, attempt, office):
    with at_minute(31):
        attempts.collect_exam_papers()
        with pytest.raises(Refused, match="现在没有人在答题"):
            operations.give_time_to_all(exam, 15, note=OUTAGE, by=office.moderator)
        given = operations.give_time_to_all(exam, 15, note=OUTAGE, by=office.moderator, reopens=True)
    assert [one.pk for one in given] == [attempt.pk]
    assert fresh(attempt).is_running


def test_once_over_for_good_no_time_is_given(exam, attempt, office):
    moves.end(exam, by=office.moderator, note="试题外泄")
    with pytest.raises(TooLate, match="提前结束"):
        give(attempt, office)


# --- pages ------------------------------------------------------------------------------------------


def run(exam):
    return reverse("desk:exam_run", args=[exam.pk])


def test_the_proctor_sees_who_sits_and_no_points(sign_in, exam, attempt, sitter, office):
    answer_all(attempt, sitter, but=(3,))
    page = sign_in(office.moderator).get(run(exam))
    row = page.context["listing"][0]
    assert (row.person, row.answered, row.size) == (sitter, 2, 3)
    assert page.context["counts"]["running"] == 1
    assert "给全场加时" in page.content.decode()


def test_time_is_given_on_the_page(sign_in, exam, attempt, office):
    client = sign_in(office.moderator)
    assert "给干部加时" in client.get(run(exam), {"for": attempt.pk}).content.decode()
    typed = {"attempt": attempt.pk, "minutes": "20", "note": OUTAGE}
    answer = client.post(reverse("desk:exam_time", args=[exam.pk]), typed, follow=True)
    assert "已给干部加时 20 分钟" in answer.content.decode()
    answer = client.post(
        reverse("desk:exam_time", args=[exam.pk]), {"minutes": "5", "note": OUTAGE}, follow=True
    )
    assert "已给 1 人加时 5 分钟" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "status", "field"),
    [
        ({"minutes": "x", "note": OUTAGE}, 422, "minutes"),
        ({"minutes": "9" * 30, "note": OUTAGE}, 422, "minutes"),
        ({"minutes": "5", "note": ""}, 422, "note"),
        ({"minutes": "5", "note": "长" * 201}, 422, "note"),
    ],
)
def test_wrong_input_is_refused_at_its_field(sign_in, exam, attempt, office, typed, status, field):
    answer = sign_in(office.moderator).post(reverse("desk:exam_time", args=[exam.pk]), typed)
    assert (answer.status_code, list(answer.context["form"].errors)) == (status, [field])


@pytest.mark.parametrize("wanted", ["x", "999999", "9" * 30])
def test_an_unknown_paper_is_not_found(sign_in, exam, office, wanted):
    client = sign_in(office.moderator)
    assert client.get(run(exam), {"for": wanted}).status_code == 404
    typed = {"attempt": wanted, "minutes": "5", "note": OUTAGE}
    assert client.post(reverse("desk:exam_time", args=[exam.pk]), typed).status_code == 404


def test_inspectors_look_on(sign_in, exam, attempt, office):
    client = sign_in(office.inspector)
    page = client.get(run(exam)).content.decode()
    assert ("干部" in page, "给全场加时" in page) == (True, False)
    answer = client.post(reverse("desk:exam_time", args=[exam.pk]), {"minutes": "5", "note": OUTAGE})
    assert answer.status_code == 403
    assert AuditEntry.objects.filter(verb="refused", actor=office.inspector).count() == 1


@pytest.mark.parametrize("who", ["collector", "head_person", "signer", "staff", "granter"])
def test_the_proctors_page_is_not_there_for_others(sign_in, exam, office, who):
    client = sign_in(getattr(office, who))
    assert client.get(run(exam)).status_code == 404
    assert (
        client.post(reverse("desk:exam_time", args=[exam.pk]), {"minutes": "5", "note": "x"}).status_code
        == 404
    )


def test_the_page_costs_the_same_with_one_and_many(
    sign_in, exam, attempt, office, django_assert_max_num_queries
):
    client = sign_in(office.moderator)
    client.get(run(exam))
    with django_assert_max_num_queries(32) as one:
        client.get(run(exam))
    for person in (office.signer, office.granter, office.auditor, office.security, office.chief):
        attempts.start(exam, by=person)
    with django_assert_max_num_queries(32) as many:
        client.get(run(exam))
    assert len(many) == len(one)
