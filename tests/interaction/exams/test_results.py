"""成绩: sealed until nobody sits; by person, unit and question; public only by choice, names only where it says so."""

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from columns import operations as column_operations
from columns.models import Role
from interaction.enums.activities import Participants
from interaction.operations import activity_moves as moves
from interaction.operations import attempts, banks, proctoring
from interaction.queries import exam_results as queries
from interaction.rules import exam_statistics as statistics
from portal import clock
from portal.models import User
from portal.workflow import Refused
from tests.interaction.exams.conftest import answer_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def exam(make_exam):
    return make_exam(SINGLE=(4, 5), settings={"pass_mark": 12})


def sit(exam, person, *, wrong: int = 0):
    """Hands in a paper with so many questions left open."""
    attempt = attempts.start(exam, by=person)
    answer_all(attempt, person, but=tuple(range(1, wrong + 1)))
    return attempts.hand_in(attempt, by=person)


@pytest.fixture
def sat(exam, office):
    """Full marks for the staff member, ten for the signer, nothing for the granter."""
    return [
        sit(exam, office.staff),
        sit(exam, office.signer, wrong=2),
        sit(exam, office.granter, wrong=4),
    ]


@pytest.fixture
def after(exam, sat):
    with clock.at(exam.closes_at + timedelta(hours=1)):
        yield


# --- numbers ----------------------------------------------------------------------------------------


def test_standings_are_best_first(exam, after, office):
    found = [(one.attempt.person, one.attempt.points, one.is_passed) for one in queries.standings(exam)]
    assert found == [(office.staff, 20, True), (office.signer, 10, False), (office.granter, 0, False)]


def test_the_best_paper_of_a_person_counts(make_exam, office):
    exam = make_exam(SINGLE=(2, 5), settings={"attempts_allowed": 3})
    for wrong in (1, 0, 2):
        sit(exam, office.staff, wrong=wrong)
    assert [(one.attempt.number, one.attempt.points) for one in queries.standings(exam)] == [(2, 10)]


def test_units_count_who_sat_and_who_did_not(exam, after, office):
    User.objects.filter(pk=office.chief.pk).update(department=office.station)
    units = {str(unit.department): unit for unit in queries.units(exam, queries.standings(exam))}
    section, station = units["办公室"], units["北桥工商所"]
    assert (section.sat, section.passed, section.average) == (3, 1, Decimal(10))
    assert (station.expected, station.sat, station.absent, station.average) == (1, 0, 1, None)


def test_who_may_not_sit_is_not_absent(exam, bank, after, office):
    banks.open_(bank, by=office.inspector)
    absent = set(queries.absentees(exam, queries.standings(exam)))
    assert absent == {office.moderator, office.security, office.auditor, office.chief}


def test_named_departments_alone_are_expected(make_exam, office):
    User.objects.filter(pk=office.chief.pk).update(department=office.station)
    frame = {"participants": Participants.DEPARTMENTS, "departments": [office.station]}
    assert set(queries.expected_people(make_exam(SINGLE=(1, 5), frame=frame))) == {office.chief}


def test_the_overview_and_its_bands(exam, after):
    found = queries.overview(exam, queries.standings(exam))
    assert (found.expected, found.sat, found.absent, found.passed) == (8, 3, 5, 1)
    assert (found.average, found.highest, found.lowest) == (Decimal(10), 20, 0)
    assert found.bands == [("90% 及以上", 1), ("80%—90%", 0), ("70%—80%", 0), ("60%—70%", 0), ("不到 60%", 2)]


def test_items_tell_how_hard_a_question_was(exam, after):
    rates = sorted(round(one.p, 2) for one in queries.items(queries.standings(exam)))
    assert (len(rates), sum(rates) / 4) == (4, pytest.approx(0.5, abs=0.01))


@pytest.mark.parametrize(
    ("papers", "p", "d"),
    [
        ([], None, None),
        ([(Decimal(5), 1.0)], 1.0, None),
        ([(Decimal(one), 1.0 if one > 4 else 0.0) for one in range(10)], 0.5, 1.0),
        ([(Decimal(one), 1.0) for one in range(10)], 1.0, 0.0),
        ([(Decimal(one), 0.0 if one > 4 else 1.0) for one in range(10)], 0.5, -1.0),
    ],
)
def test_rates_of_a_question(papers, p, d):
    assert statistics.rates(papers) == (p, d)


def test_bands_of_nothing():
    assert [number for _, number in statistics.bands([], 100)] == [0] * 5
    assert [number for _, number in statistics.bands([Decimal(60)], 0)] == [0, 0, 0, 0, 1]


# --- sealed, then published by choice ---------------------------------------------------------------


def address(exam, name):
    return reverse(name, args=[exam.pk])


def test_nobody_sees_results_before_the_end(sign_in, exam, sat, office):
    for person in (office.collector, office.moderator, office.inspector, office.head_person):
        client = sign_in(person)
        page = client.get(address(exam, "desk:exam_results")).content.decode()
        assert ("成绩封存中" in page, office.staff.name in page) == (True, False)
        away = client.get(address(exam, "desk:exam_results_export"))
        assert away.headers["Location"] == address(exam, "desk:exam_results")


def test_ones_own_result_is_sealed_until_nobody_sits(sign_in, exam, sat, office):
    late = attempts.start(exam, by=office.auditor)

    def shows() -> bool:
        page = sign_in(office.staff).get(address(exam, "exam_result"))
        assert page.status_code == 200
        return "/ 20 分" in page.content.decode()

    assert not shows()
    with clock.at(exam.closes_at + timedelta(minutes=1)):
        assert not shows()
        proctoring.give_time(late, 10, note="断电", by=office.moderator)
        assert not shows()
        attempts.hand_in(late, by=office.auditor)
        assert shows()


def test_after_the_end_one_reads_ones_own_paper(sign_in, exam, after, office):
    page = sign_in(office.signer).get(address(exam, "exam_result")).content.decode()
    assert [word in page for word in ("我的答卷", "10</b>", "不及格", "您选", "正确")] == [True] * 5
    assert office.staff.name not in page.split("我的答卷")[1]


def test_the_answers_stay_shut_where_the_exam_says_so(sign_in, make_exam, office):
    exam = make_exam(SINGLE=(1, 5), settings={"shows_answers": False})
    sit(exam, office.staff)
    with clock.at(exam.closes_at + timedelta(hours=1)):
        page = sign_in(office.staff).get(address(exam, "exam_result")).content.decode()
    assert ("5</b>" in page, "我的答卷" in page, "不提供查阅" in page) == (True, False, True)


def test_several_papers_are_looked_at_one_by_one(sign_in, make_exam, office):
    exam = make_exam(SINGLE=(2, 5), settings={"attempts_allowed": 2})
    sit(exam, office.staff, wrong=1)
    sit(exam, office.staff)
    client = sign_in(office.staff)
    with clock.at(exam.closes_at + timedelta(hours=1)):
        chosen = [
            client.get(address(exam, "exam_result"), {"attempt": typed}).context["attempt"].number
            for typed in ("1", "2", "9", "x")
        ]
    assert chosen == [1, 2, 2, 2]


def test_results_wait_for_the_last_marker(make_exam, office):
    exam = make_exam(ESSAY=(1, 10))
    sit(exam, office.staff)
    with clock.at(exam.closes_at + timedelta(hours=1)):
        with pytest.raises(Refused, match="还有 1 份答卷没有评完"):
            moves.publish_results(exam, by=office.moderator)
        assert queries.standings(exam)[0].is_pending


def test_results_wait_for_who_still_sits(exam, office):
    attempt = attempts.start(exam, by=office.staff)
    with clock.at(exam.closes_at - timedelta(minutes=1)):
        late = attempts.start(exam, by=office.signer)
        proctoring.give_time(late, 10, note="断电", by=office.moderator)
    with clock.at(exam.closes_at + timedelta(minutes=1)):
        attempts.collect(attempt)
        with pytest.raises(Refused, match="还有 1 人在答题"):
            moves.publish_results(exam, by=office.moderator)


def test_the_public_page_is_there_only_once_published(sign_in, exam, after, office):
    client = sign_in(office.chief)
    assert client.get(address(exam, "exam_results")).status_code == 404
    moves.publish_results(exam, by=office.moderator)
    page = client.get(address(exam, "exam_results")).content.decode()
    assert ("办公室" in page, office.signer.name in page) == (True, False)
    moves.take_back_results(exam, by=office.moderator, note="有误")
    assert client.get(address(exam, "exam_results")).status_code == 404


def test_a_unit_too_small_to_hide_anybody_shows_no_points(sign_in, exam, after, office, rule):
    moves.publish_results(exam, by=office.moderator)
    shown = {}
    for least in (4, 3):
        rule("unit_voters_least", least)
        page = sign_in(office.chief).get(address(exam, "exam_results"))
        shown[least] = [unit.shows_points for unit in page.context["units"]]
        assert ("人数少，不单独列出" in page.content.decode()) == (least == 4)
    assert shown == {4: [False], 3: [True]}


def test_names_stand_on_the_public_page_only_where_the_exam_says_so(sign_in, make_exam, office):
    exam = make_exam(SINGLE=(1, 5), settings={"names_people": True})
    sit(exam, office.signer)
    with clock.at(exam.closes_at + timedelta(hours=1)):
        moves.publish_results(exam, by=office.moderator)
        assert office.signer.name in sign_in(office.chief).get(address(exam, "exam_results")).content.decode()


# --- the desk ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["collector", "head_person", "moderator", "inspector"])
def test_handlers_read_the_results(sign_in, exam, after, office, who):
    client = sign_in(getattr(office, who))
    assert "平均分" in client.get(address(exam, "desk:exam_results")).content.decode()
    people = client.get(address(exam, "desk:exam_results"), {"part": "people"})
    assert len(people.context["listing"]) == 3
    assert client.get(address(exam, "desk:exam_results"), {"part": "no"}).status_code == 404


@pytest.mark.parametrize("who", ["signer", "auditor", "granter", "security", "chief", "staff"])
def test_results_are_not_there_for_others(sign_in, exam, after, office, who):
    client = sign_in(getattr(office, who))
    for name in ("desk:exam_results", "desk:exam_results_export"):
        assert client.get(address(exam, name)).status_code == 404


def test_questions_show_to_whoever_opened_the_bank(sign_in, exam, bank, after, office):
    for person, sees in ((office.inspector, False), (office.collector, True)):
        client = sign_in(person)
        page = client.get(address(exam, "desk:exam_results"), {"part": "questions"}).content.decode()
        export = client.get(address(exam, "desk:exam_results_export"), {"part": "questions"})
        assert ("单选题1" in page, export.status_code) == (sees, 200 if sees else 302)


def cells(answer) -> list[list]:
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


def test_results_go_out_as_workbooks(sign_in, exam, after, office):
    client = sign_in(office.inspector)
    people = cells(client.get(address(exam, "desk:exam_results_export"), {"part": "people"}))
    assert people[1][:6] == [1, "staff", "干部", "办公室", 20, "及格"]
    assert [row[5] for row in people[1:]] == ["及格", "不及格", "不及格", *["缺考"] * 5]
    units = cells(client.get(address(exam, "desk:exam_results_export")))
    assert units[1] == ["办公室", 8, 3, 5, 10, 1, "33.3%"]
    items = cells(
        sign_in(office.collector).get(address(exam, "desk:exam_results_export"), {"part": "questions"})
    )
    assert (len(items), items[0][0], items[1][4]) == (5, "题型", "B")


def test_a_name_that_is_a_formula_stays_a_name(sign_in, exam, sat, office):
    User.objects.filter(pk=office.staff.pk).update(name="=1+1")
    with clock.at(exam.closes_at + timedelta(hours=1)):
        answer = sign_in(office.inspector).get(address(exam, "desk:exam_results_export"), {"part": "people"})
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert (book.active["C2"].value, book.active["C2"].data_type) == ("=1+1", "s")


@pytest.mark.parametrize("part", ["units", "people", "questions"])
def test_pages_cost_the_same_with_few_papers_and_many(
    sign_in, exam, sat, office, django_assert_max_num_queries, part
):
    client, late = sign_in(office.collector), exam.closes_at + timedelta(hours=1)
    with clock.at(late):
        client.get(address(exam, "desk:exam_results"), {"part": part})
        with django_assert_max_num_queries(34) as few:
            client.get(address(exam, "desk:exam_results"), {"part": part})
    for number in range(12):
        person = User.objects.create_user(f"n{number}", name=f"新人{number}", department=office.section)
        sit(exam, person, wrong=number % 4)
    with clock.at(late), django_assert_max_num_queries(34) as many:
        client.get(address(exam, "desk:exam_results"), {"part": part})
    assert len(many) == len(few)


def test_a_publisher_elsewhere_sees_nothing(sign_in, exam, after, office):
    person = User.objects.create_user("elsewhere", name="别处版主", department=office.station)
    column_operations.appoint(
        person, Role.objects.get(key="MODERATOR"), office.sub, by=office.system, reason="测试"
    )
    assert sign_in(person).get(address(exam, "desk:exam_results")).status_code == 404
