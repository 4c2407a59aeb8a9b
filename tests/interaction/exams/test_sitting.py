"""答题: a paper is drawn once, time is the server's, what was saved in time counts, twice is the same as once."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from interaction.enums.activities import Participants
from interaction.enums.banks import ExamQuestionKind as K
from interaction.enums.exams import AttemptEnding, AttemptState
from interaction.models import Attempt, AttemptItem
from interaction.operations import activity_moves as moves
from interaction.operations import attempts as operations
from interaction.operations import banks
from interaction.operations.attempts import Typed, in_milliseconds
from interaction.todos import exams as heaps
from portal import clock, todos
from portal.models import AuditEntry
from portal.workflow import NotAllowed, Refused, TooLate
from tests.interaction.exams.conftest import answer_all, at_minute, draft, right

pytestmark = pytest.mark.django_db


@pytest.fixture
def exam(make_exam):
    return make_exam(SINGLE=(4, 5), MULTIPLE=(2, 5), FILL_IN=(1, 5), TRUE_FALSE=(1, 5))


@pytest.fixture
def attempt(exam, sitter):
    return operations.start(exam, by=sitter)


def moment(minutes: float = 0) -> int:
    return in_milliseconds(clock.now() + timedelta(minutes=minutes))


# --- 开始 ------------------------------------------------------------------------------------------


def test_starting_draws_a_paper_by_the_rules(attempt):
    drawn = [(one.question.kind, one.points) for one in attempt.items.select_related("question")]
    assert drawn == [(K.SINGLE, 5)] * 4 + [(K.MULTIPLE, 5)] * 2 + [(K.TRUE_FALSE, 5)] + [(K.FILL_IN, 5)]
    assert attempt.deadline_at - attempt.started_at == timedelta(minutes=30)
    assert (attempt.number, attempt.department_id) == (1, attempt.person.department_id)


def test_starting_again_goes_on_with_the_same_paper_and_deadline(exam, attempt, sitter):
    with at_minute(10):
        again = operations.start(exam, by=sitter)
    assert (again, again.deadline_at) == (attempt, attempt.deadline_at)
    assert Attempt.objects.count() == 1


def test_nobody_has_longer_than_the_exam_is_open(exam, sitter):
    with clock.at(exam.closes_at - timedelta(minutes=5)):
        assert operations.start(exam, by=sitter).deadline_at == exam.closes_at


@pytest.mark.parametrize(("days", "words"), [(-1, "还没有开始"), (8, "结束，不能再参加")])
def test_before_and_after_nobody_starts(exam, sitter, days, words):
    with clock.at(clock.now() + timedelta(days=days)), pytest.raises(TooLate, match=words):
        operations.start(exam, by=sitter)


def test_two_people_get_the_same_rules_and_their_own_chance(make_exam, office):
    exam = make_exam(SINGLE=(30, 1))
    orders = []
    for person in (office.staff, office.signer, office.granter):
        rows = operations.start(exam, by=person).items.values_list("question", "order")
        orders.append([(question, tuple(order)) for question, order in rows])
    assert len({tuple(one) for one in orders}) == 3
    assert len({tuple(sorted(question for question, _ in one)) for one in orders}) == 1


def test_without_chance_everybody_gets_the_same_order(make_exam, office):
    fixed = {"shuffles_questions": False, "shuffles_options": False}
    exam = make_exam(settings=fixed, SINGLE=(8, 1))
    one, other = (operations.start(exam, by=person) for person in (office.staff, office.signer))
    assert all(order == [0, 1, 2] for order in one.items.values_list("order", flat=True))
    assert list(one.items.values_list("question", flat=True)) == sorted(
        one.items.values_list("question", flat=True)
    )
    assert {*one.items.values_list("question", flat=True)} == {
        *other.items.values_list("question", flat=True)
    }


def test_questions_that_came_after_the_report_are_not_drawn(make_exam, bank, office, sitter):
    exam = make_exam(SINGLE=(2, 5))
    old = list(bank.questions.values_list("pk", flat=True))
    new = banks.add_question(bank, draft(number=99), by=office.collector)
    for question in bank.questions.filter(pk__in=old):
        banks.retire_question(question, by=office.collector)
    drawn = set(operations.start(exam, by=sitter).items.values_list("question", flat=True))
    assert (drawn == set(old), new.pk in drawn) == (True, False)


def test_what_was_drawn_stays_when_the_bank_changes(attempt, office):
    item = attempt.items.select_related("question").first()
    banks.replace_question(item.question, draft(K(item.question.kind), 77, key=[0]), by=office.collector)
    item.refresh_from_db()
    assert item.question.stem.startswith("单选题")


def test_as_often_as_the_exam_allows(make_exam, sitter):
    exam = make_exam(settings={"attempts_allowed": 2}, SINGLE=(1, 5))
    for number in (1, 2):
        attempt = operations.start(exam, by=sitter)
        assert attempt.number == number
        operations.hand_in(attempt, by=sitter)
    with pytest.raises(TooLate, match="每人可考 2 次"):
        operations.start(exam, by=sitter)


# --- 谁出题谁不考 -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "words"), [("collector", "参与编制了"), ("head_person", "审核过"), ("moderator", "打开过题库")]
)
def test_whoever_knows_the_questions_does_not_sit(exam, bank, office, who, words):
    banks.open_(bank, by=office.moderator)
    with pytest.raises(NotAllowed, match=words):
        operations.start(exam, by=getattr(office, who))
    assert not Attempt.objects.exists()


def test_whoever_sits_does_not_open_the_bank_until_it_is_over(exam, bank, office):
    operations.start(exam, by=office.moderator)
    with pytest.raises(Refused, match="考试结束后才能打开"):
        banks.open_(bank, by=office.moderator)
    with clock.at(exam.closes_at + timedelta(minutes=1)):
        operations.collect_exam_papers()
        assert banks.open_(bank, by=office.moderator)


def test_an_open_exam_waits_on_the_desk_of_those_who_should_sit(exam, office):
    heap = todos.heap(heaps.SIT)
    assert [one.title for one in heap.todos(heap.rows(office.staff))] == [exam.title]
    assert list(heap.rows(office.collector)) == list(heap.rows(office.head_person)) == []
    operations.hand_in(operations.start(exam, by=office.staff), by=office.staff)
    assert list(heap.rows(office.staff)) == []


@pytest.mark.parametrize(
    ("frame", "who", "waits"),
    [
        ({"participants": "DEPARTMENTS", "departments": ["section"]}, "staff", True),
        ({"participants": "DEPARTMENTS", "departments": ["bureau"]}, "staff", True),
        ({"participants": "DEPARTMENTS", "departments": ["station"]}, "staff", False),
        ({"site": "sub"}, "staff", False),
    ],
)
def test_it_waits_for_those_alone_whom_it_is_for(make_exam, office, frame, who, waits):
    named = {name: getattr(office, value) for name, value in frame.items() if name == "site"}
    if "departments" in frame:
        named = {
            "participants": Participants.DEPARTMENTS,
            "departments": [getattr(office, one) for one in frame["departments"]],
        }
    make_exam(SINGLE=(1, 5), frame=named)
    assert todos.heap(heaps.SIT).rows(getattr(office, who)).exists() == waits


# --- 保存 ------------------------------------------------------------------------------------------


def save(attempt, position, typed, sequence=None, *, by=None):
    return operations.save(
        attempt.activity_id, attempt.number, position, typed,
        moment() if sequence is None else sequence, by=by or attempt.person,
    )  # fmt: skip


def test_an_older_save_never_replaces_a_newer_one(attempt):
    first, second = moment(-2), moment(-1)
    assert save(attempt, 1, ["1"], second).is_kept
    late = save(attempt, 1, ["2"], first)
    assert (late.is_kept, late.item.answer) == (False, [1])


def test_saving_the_same_again_changes_nothing(attempt):
    sequence = moment(-1)
    once = save(attempt, 1, ["1"], sequence)
    again = save(attempt, 1, ["1"], sequence)
    assert (again.is_kept, again.item.saved_at) == (True, once.item.saved_at)


def test_a_sequence_from_the_future_locks_nothing(attempt):
    save(attempt, 1, ["0"], 10**15 - 1)
    with at_minute(1):
        assert save(attempt, 1, ["2"]).item.answer == [2]


def test_others_papers_and_unknown_places_are_not_there(attempt, office):
    with pytest.raises(Attempt.DoesNotExist):
        save(attempt, 1, ["1"], by=office.signer)
    with pytest.raises(AttemptItem.DoesNotExist):
        save(attempt, 99, ["1"])


@pytest.mark.parametrize(
    ("position", "typed", "reason"),
    [
        (1, ["7"], "没有这个选项"),
        (1, ["-1"], "没有这个选项"),
        (1, ["0", "1"], "这道题只能选一项"),
        (5, ["0", "x"], "没有这个选项"),
        (7, ["2"], "没有这个选项"),
        (8, ["长" * 201], "每空最多 200 字"),
        (8, ["三倍", "多出来的"], "填写的比题目的空还多"),
    ],
)
def test_what_the_page_does_not_offer_is_refused(attempt, position, typed, reason):
    with pytest.raises(Refused) as refused:
        save(attempt, position, typed)
    assert refused.value.message == reason
    assert attempt.items.get(position=position).answer == []


def test_what_was_typed_is_kept_without_what_nobody_sees(attempt):
    assert save(attempt, 8, [" 三\0倍\u200b𠮷😀 "]).item.answer == ["三倍𠮷😀"]


def test_a_page_of_answers_is_saved_whole(attempt, sitter):
    sheet = operations.save_all(
        attempt.activity_id, 1, {1: Typed(["1"]), 2: Typed([]), 8: Typed(["3倍"])}, by=sitter
    )
    assert (sheet.newer, sheet.refused) == ([], {})
    assert [one.answer for one in attempt.items.filter(position__in=(1, 2, 8))] == [[1], [], ["3倍"]]


def test_a_page_does_not_replace_what_was_answered_elsewhere_since(attempt, sitter):
    save(attempt, 1, ["2"])
    save(attempt, 2, ["0"])
    page = {1: Typed(["1"], seen=0), 2: Typed(["0"], seen=0), 3: Typed(["1"], seen=0)}
    sheet = operations.save_all(attempt.activity_id, 1, page, by=sitter)
    assert sheet.newer == [1]
    assert [one.answer for one in attempt.items.filter(position__lte=3)] == [[2], [0], [1]]


def test_one_wrong_answer_does_not_keep_the_others_from_being_saved(attempt, sitter):
    page = {1: Typed(["1"]), 8: Typed(["长" * 300])}
    sheet = operations.save_all(attempt.activity_id, 1, page, by=sitter)
    assert sheet.refused == {8: "每空最多 200 字"}
    assert attempt.items.get(position=1).answer == [1]


# --- 交卷 ------------------------------------------------------------------------------------------


def test_handing_in_marks_what_marks_itself(attempt, sitter):
    answer_all(attempt, sitter, but=(1,))
    done = operations.hand_in(attempt, by=sitter)
    assert (done.state, done.ending, done.points) == (
        AttemptState.HANDED_IN,
        AttemptEnding.PERSON,
        Decimal(35),
    )
    assert done.items.get(position=1).awarded == 0


def test_handing_in_twice_is_the_same_as_once(attempt, sitter):
    once = operations.hand_in(attempt, by=sitter)
    with at_minute(3):
        again = operations.hand_in(attempt, by=sitter)
    assert (again.handed_in_at, again.points) == (once.handed_in_at, once.points)
    assert AuditEntry.objects.filter(verb="hand_in").count() == 1


def test_after_handing_in_nothing_is_saved_any_more(attempt, sitter):
    operations.hand_in(attempt, by=sitter)
    with pytest.raises(TooLate, match="已经交了"):
        save(attempt, 1, ["1"])
    with pytest.raises(TooLate, match="已经交了"):
        operations.save_all(attempt.activity_id, 1, {1: Typed(["1"])}, by=sitter)


def test_handing_in_late_counts_what_was_saved_in_time(attempt, sitter):
    save(attempt, 1, right(attempt.items.select_related("question").get(position=1)))
    with at_minute(31):
        with pytest.raises(TooLate, match="答题时间已到"):
            save(attempt, 2, ["1"])
        done = operations.hand_in(attempt, by=sitter)
    assert (done.ending, done.points, done.handed_in_at) == (AttemptEnding.TIME, Decimal(5), done.deadline_at)


def test_only_ones_own_paper_is_handed_in(attempt, office):
    with pytest.raises(NotAllowed):
        operations.hand_in(attempt, by=office.signer)


def test_the_sweep_collects_what_ran_out_of_time_once(attempt, exam, office):
    other = operations.start(exam, by=office.signer)
    with at_minute(20):
        third = operations.start(exam, by=office.granter)
    with at_minute(30):
        assert (operations.collect_exam_papers(), operations.collect_exam_papers()) == (2, 0)
    states = dict(Attempt.objects.values_list("pk", "ending"))
    assert states == {attempt.pk: "TIME", other.pk: "TIME", third.pk: ""}


def test_an_early_end_collects_everybody(attempt, exam, office):
    moves.end(exam, by=office.moderator, note="试题外泄")
    with pytest.raises(TooLate):
        save(attempt, 1, ["1"])
    operations.collect_exam_papers()
    attempt.refresh_from_db()
    assert attempt.ending == AttemptEnding.PROCTOR


# --- pages -----------------------------------------------------------------------------------------


def page_of(exam, name):
    return reverse(name, args=[exam.pk])


def test_from_the_list_to_the_result(client, exam, sitter):
    client.force_login(sitter)
    assert exam.title in client.get(reverse("exams")).content.decode()
    assert "开始答题" in client.get(page_of(exam, "exam")).content.decode()
    assert client.post(page_of(exam, "exam_sit")).headers["Location"] == page_of(exam, "exam_sit")
    page = client.get(page_of(exam, "exam_sit"))
    assert [len(section.items) for section in page.context["sections"]] == [4, 2, 1, 1]
    assert "继续答题" in client.get(page_of(exam, "exam")).content.decode()
    answer = client.post(page_of(exam, "exam_submit"), {"attempt": 1, "q-1": "0", "seen-1": "0"})
    assert answer.headers["Location"] == f"{page_of(exam, 'exam_result')}?attempt=1"
    result = client.get(answer.headers["Location"]).content.decode()
    assert ("成绩到考试结束" in result, "/ 40 分" in result) == (True, False)
    assert AttemptItem.objects.get(position=1).answer == [0]


def test_nothing_on_the_paper_tells_the_key(client, attempt, sitter):
    client.force_login(sitter)
    page = client.get(page_of(attempt.activity, "exam_sit")).content.decode()
    assert all(word not in page for word in ("三倍", "3倍", "seed", str(attempt.seed)))


def test_reopening_continues_where_one_was(client, attempt, sitter):
    save(attempt, 8, ["三倍"])
    client.force_login(sitter)
    with at_minute(12):
        page = client.get(page_of(attempt.activity, "exam_sit"))
    assert 'value="三倍"' in page.content.decode()
    assert (page.context["answered"], page.context["left"]) == (1, pytest.approx(18 * 60_000, abs=2000))


def test_without_a_paper_the_page_of_the_paper_leads_back(client, exam, sitter):
    client.force_login(sitter)
    assert client.get(page_of(exam, "exam_sit")).headers["Location"] == page_of(exam, "exam")
    assert client.get(page_of(exam, "exam_result")).status_code == 404


def test_an_expired_paper_leads_to_the_result(client, attempt, sitter):
    client.force_login(sitter)
    with at_minute(31):
        answer = client.get(page_of(attempt.activity, "exam_sit"))
        assert answer.headers["Location"] == page_of(attempt.activity, "exam_result")
        assert "正在收卷" in client.get(answer.headers["Location"]).content.decode()


def test_the_save_button_without_a_script(client, attempt, sitter):
    client.force_login(sitter)
    save(attempt, 2, ["2"])
    typed = {"attempt": 1, "seen-1": "0", "q-1": "1", "seen-2": "0", "q-2": "0", "seen-3": "x"}
    answer = client.post(page_of(attempt.activity, "exam_save"), typed, follow=True)
    assert [one.answer for one in attempt.items.filter(position__lte=3)] == [[1], [2], []]
    assert "第 2 题在别的窗口有更新的答案" in answer.content.decode()


def test_what_could_not_be_saved_is_shown_again_with_the_reason(client, attempt, sitter):
    client.force_login(sitter)
    long = "长" * 201
    for name in ("exam_save", "exam_submit"):
        answer = client.post(page_of(attempt.activity, name), {"attempt": 1, "seen-8": "0", "q-8": long})
        assert (answer.status_code, long in answer.content.decode()) == (422, True)
        assert "每空最多 200 字" in answer.content.decode()
    attempt.refresh_from_db()
    assert attempt.is_running


def ask(client, paper, **fields):
    fields = {"attempt": paper.number, "question": 1, "answer": ["1"], "sequence": moment(), **fields}
    return client.post(page_of(paper.activity, "exam_save"), fields, headers={"accept": "application/json"})


def test_the_script_saves_one_answer_and_learns_the_time_left(client, attempt, sitter):
    client.force_login(sitter)
    said = ask(client, attempt).json()
    assert (said["kept"], said["answer"]) == (True, [1])
    assert said["left"] == pytest.approx(30 * 60_000, abs=5000)
    assert ask(client, attempt, answer=["2"], sequence=moment(-5)).json()["answer"] == [1]


def test_the_script_asks_how_long_is_left(client, attempt, sitter):
    client.force_login(sitter)
    answer = client.post(page_of(attempt.activity, "exam_save"), {"attempt": 1, "look": "yes"})
    assert set(answer.json()) == {"now", "left"}


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"question": "99"}, 404), ({"question": "x"}, 404), ({"question": ""}, 404), ({"attempt": "2"}, 404),
        ({"attempt": "9" * 30}, 404), ({"sequence": "-1"}, 404), ({"sequence": "9" * 16}, 404),
        ({"answer": ["9"]}, 422), ({"answer": ["1" * 1_000_000]}, 422),
        ({"question": "8", "answer": ["长" * 300_000]}, 422),
        ({"question": "8", "answer": ["a"] * 3000}, 422),
    ],
)  # fmt: skip
def test_a_tampered_save_changes_nothing(client, attempt, sitter, change, status):
    client.force_login(sitter)
    assert ask(client, attempt, **change).status_code == status
    assert not attempt.items.exclude(answer=[]).exists()


def test_another_person_finds_nothing_to_save_or_hand_in(client, attempt, office):
    client.force_login(office.signer)
    assert ask(client, attempt).status_code == 404
    assert client.post(page_of(attempt.activity, "exam_submit"), {"attempt": 1}).status_code == 404
    attempt.refresh_from_db()
    assert attempt.is_running


def test_saving_too_late_is_told_with_the_way_to_the_result(client, attempt, sitter):
    client.force_login(sitter)
    operations.hand_in(attempt, by=sitter)
    answer = ask(client, attempt)
    assert (answer.status_code, answer.json()["where"]) == (409, page_of(attempt.activity, "exam_result"))
    page = client.post(
        page_of(attempt.activity, "exam_save"), {"attempt": 1, "seen-1": "0", "q-1": "1"}, follow=True
    )
    assert "已经交了" in page.content.decode()


def test_whoever_is_signed_out_is_told_so(client, attempt):
    answer = ask(client, attempt)
    assert (answer.status_code, "重新登录" in answer.json()["message"]) == (401, True)
    for name in ("exam_save", "exam_submit"):
        away = client.post(page_of(attempt.activity, name), {"attempt": 1})
        assert away.headers["Location"] == f"/login/?next={page_of(attempt.activity, 'exam_sit')}"


def test_the_clock_of_the_browser_changes_nothing(client, attempt, sitter):
    """A page says what moment its answer is of; the deadline asks the server's clock alone."""
    client.force_login(sitter)
    with at_minute(31):
        assert ask(client, attempt, sequence=moment(-20)).status_code == 409


def test_one_answer_costs_three_queries(client, attempt, sitter, django_assert_num_queries):
    """The paper, the item, the write, in one transaction; beside what any page costs: site, session, person, sign-in."""
    client.force_login(sitter)
    ask(client, attempt, sequence=moment(-9))
    edges, frame = 2, 4
    with django_assert_num_queries(3 + edges):
        save(attempt, 1, ["2"], moment(-8))
    with django_assert_num_queries(3 + edges + frame):
        assert ask(client, attempt, sequence=moment(-7)).json()["kept"]


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_changes_nothing(client, exam, sitter, method):
    client.force_login(sitter)
    for name in ("exam", "exam_sit", "exam_submit"):
        getattr(client, method)(page_of(exam, name))
    assert client.get(page_of(exam, "exam_save")).status_code == 405
    assert not Attempt.objects.exists()


def test_visitors_are_asked_to_sign_in(client, exam):
    assert client.get(page_of(exam, "exam")).status_code == 403
    for name in ("exam_sit", "exam_result"):
        address = page_of(exam, name)
        assert client.get(address).headers["Location"] == f"/login/?next={address}"


def test_whoever_knows_the_questions_reads_why_they_cannot_sit(client, exam, office):
    client.force_login(office.collector)
    page = client.get(page_of(exam, "exam")).content.decode()
    assert ("谁出题谁不考" in page, "开始答题</button>" in page) == (True, False)
    assert client.post(page_of(exam, "exam_sit")).status_code == 403
    assert AuditEntry.objects.filter(verb="refused", actor=office.collector).count() == 1


def test_an_exam_of_a_sub_site_keeps_to_its_own_addresses(client, make_exam, bank, office):
    exam = make_exam(SINGLE=(1, 5), frame={"site": office.sub})
    client.force_login(office.staff)
    assert client.get(f"/exams/{exam.pk}/").headers["Location"] == f"/s/beiqiao/exams/{exam.pk}/"
    answer = client.post(f"/s/beiqiao/exams/{exam.pk}/sit/")
    assert answer.headers["Location"] == f"/s/beiqiao/exams/{exam.pk}/sit/"
    page = client.get(answer.headers["Location"]).content.decode()
    assert f'action="/s/beiqiao/exams/{exam.pk}/save/"' in page
    answer = client.post(f"/s/beiqiao/exams/{exam.pk}/submit/", {"attempt": 1})
    assert answer.headers["Location"] == f"/s/beiqiao/exams/{exam.pk}/result/?attempt=1"
