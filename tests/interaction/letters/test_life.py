"""办理: passed on, adjudicated, answered, rated, handled again, closed; and who may do none of it."""

import pytest

from interaction.enums.letters import AnswerState, LetterState, MoveKind, Outcome, Satisfaction
from interaction.models import Letter
from interaction.operations import answers, letters, writers
from portal import clock, limits
from portal.enums import NoticeKind
from portal.models import AuditEntry, Notice
from portal.workflow import NotAllowed, Refused, TooLate
from tests.interaction.letters.conftest import moment

STRANGERS = (
    "registrar", "collector", "moderator", "granter", "security", "auditor", "inspector", "staff", "law_head",
)  # fmt: skip


def told(letter: Letter) -> list[str]:
    return [one.text for one in letter.news.all()]


def drafted(post, letter, text="已责令超市退货，并当面致歉。", by=None, version=0):
    return answers.finish(letter, text=text, outcome=Outcome.SOLVED, version=version, by=by or post.lawyer)


@pytest.fixture
def answered(post, send):
    """A letter that 法制科 has answered with its head's consent."""
    letter = send().letter
    with clock.at(moment("2026-10-09 10:00")):
        answer = drafted(post, letter)
        answers.approve(answer.steps.get(), by=post.law_head)
    letter.refresh_from_db()
    return letter


def test_a_letter_passed_on_twice_is_adjudicated_answered_rated_handled_again_and_closed(post, send):
    letter = send().letter
    with clock.at(moment("2026-10-08 09:00")):
        letter = letters.refer(letter, post.registry, by=post.lawyer, note="登记事项归注册科")
        letter = letters.refer(letter, post.section, by=post.registrar, note="涉及多个科室")
        letter = letters.dispute(letter, by=post.clerk, note="两科室有异议")
        letter = letters.adjudicate(
            letter, post.law, by=post.clerk, note="按职责归法制科", helpers=[post.registry]
        )
    assert (letter.state, letter.department, letter.is_adjudicated) == (LetterState.IN_HAND, post.law, True)

    with clock.at(moment("2026-10-12 09:00")):
        answer = drafted(post, letter)
        answers.approve(answer.steps.get(), by=post.law_head)
        letter = writers.rate(letter, Satisfaction.DISSATISFIED, note="没有退款")
        letter = writers.reopen(letter, note="仍未退款")
    assert (letter.state, letter.outcome, letter.satisfaction) == (LetterState.IN_HAND, "", "")

    with clock.at(moment("2026-10-13 09:00")):
        answer = drafted(post, letter, "已退款到账，来信人确认。")
        answers.approve(answer.steps.get(), by=post.law_head)
        letter.refresh_from_db()
        letter = letters.close(letter, by=post.lawyer)

    assert (letter.state, letter.outcome) == (LetterState.CLOSED, Outcome.SOLVED)
    assert [(one.get_kind_display(), str(one.to_department or "")) for one in letter.path.all()] == [
        ("来信人选择", "法制科"), ("转办", "注册科"), ("转办", "办公室"), ("提请协调", ""), ("协调确定", "法制科"),
    ]  # fmt: skip
    assert told(letter)[1:6] == [
        "您的来信由法制科转注册科办理。理由：登记事项归注册科",
        "您的来信由注册科转办公室办理。理由：涉及多个科室",
        "您的来信由办公室协调确定承办部门。理由：两科室有异议",
        "经协调，您的来信由法制科承办，注册科协办。",
        "法制科已答复，办理结果：已解决。请查看答复并评价。",
    ]
    assert not limits.open_limits_for(letter).exists()


def test_a_letter_is_not_passed_back_to_who_passed_it_on(post, send):
    letter = letters.refer(send().letter, post.registry, by=post.lawyer, note="归注册科")

    with pytest.raises(Refused, match="提请协调"):
        letters.refer(letter, post.law, by=post.registrar, note="归法制科")


@pytest.mark.parametrize(("note", "to"), [("", "registry"), ("理由", "station"), ("理由", "law")])
def test_passing_on_needs_a_reason_and_somebody_who_answers(post, send, note, to):
    letter = send().letter
    with pytest.raises(Refused):
        letters.refer(letter, getattr(post, to), by=post.lawyer, note=note)
    letter.refresh_from_db()
    assert letter.department == post.law


def test_passing_on_after_three_working_days_is_recorded_as_late(post, send):
    letter = send("2026-09-30 10:00").letter  # 8, 9, 10 October are the three days
    with clock.at(moment("2026-10-10 17:00")):
        letter = letters.refer(letter, post.registry, by=post.lawyer, note="归注册科")
    with clock.at(moment("2026-10-14 09:00")):  # 12, 13 … of the registry
        letter = letters.refer(letter, post.section, by=post.registrar, note="归办公室")
    assert [one.is_late for one in letter.path.filter(kind=MoveKind.REFERRED)] == [False, False]

    late = send("2026-09-30 10:00", nonce="1" * 32).letter
    with clock.at(moment("2026-10-12 09:00")):
        late = letters.refer(late, post.registry, by=post.lawyer, note="归注册科")
    assert late.path.get(kind=MoveKind.REFERRED).is_late


@pytest.mark.parametrize("who", STRANGERS)
def test_nobody_but_the_department_that_has_it_handles_a_letter(post, send, who):
    letter, person = send().letter, getattr(post, who)

    for act in (
        lambda: letters.refer(letter, post.section, by=person, note="理由"),
        lambda: letters.dispute(letter, by=person, note="理由"),
        lambda: letters.decline(letter, by=person, note="理由"),
        lambda: answers.save(letter, text="答复", outcome="", version=0, by=person),
        lambda: letters.reclassify(letter, post.enquiry, by=person, note="理由"),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_the_centre_receives_and_hands_on(post, send):
    letter = send(letterbox=post.centre_box, matter=post.message, department=None).letter
    with pytest.raises(NotAllowed):
        letters.receive(letter, post.law, by=post.lawyer)
    with clock.at(moment("2026-10-08 09:00")):
        letter = letters.receive(letter, post.law, by=post.clerk)

    assert (letter.state, letter.department) == (LetterState.IN_HAND, post.law)
    assert [one.label for one in limits.open_limits_for(letter)] == ["答复来信"]
    with pytest.raises(TooLate):
        letters.receive(letter, post.registry, by=post.clerk)


def test_an_answer_goes_out_only_when_its_department_s_reviewer_agrees(post, send):
    letter = send().letter
    answer = drafted(post, letter)
    step = answer.steps.get()
    assert answer.state == AnswerState.IN_REVIEW

    with pytest.raises(NotAllowed):
        answers.approve(step, by=post.head_person)  # reviews elsewhere; 法制科 has its own
    with pytest.raises(NotAllowed):
        answers.approve(step, by=post.lawyer)
    with pytest.raises(Refused, match="理由"):
        answers.return_(step, by=post.law_head, note=" ")

    answers.return_(step, by=post.law_head, note="请引用条款")
    letter.refresh_from_db()
    answer.refresh_from_db()
    assert (letter.state, answer.state) == (LetterState.IN_HAND, AnswerState.RETURNED)
    with pytest.raises(TooLate):
        answers.approve(step, by=post.law_head)

    again = drafted(post, letter, "依据食品安全法第一百四十八条，已责令退货。", version=answer.version)
    answers.approve(again.steps.get(round=2), by=post.law_head)
    letter.refresh_from_db()
    assert (letter.state, letter.outcome) == (LetterState.ANSWERED, Outcome.SOLVED)


def test_without_a_reviewer_of_its_own_another_department_s_decides(post, send):
    letter = send(department=post.registry).letter
    answer = drafted(post, letter, by=post.registrar)

    answers.approve(answer.steps.get(), by=post.head_person)
    letter.refresh_from_db()
    assert letter.state == LetterState.ANSWERED


def test_a_letterbox_without_a_route_is_answered_at_once(post, send):
    letter = send(letterbox=post.centre_box, matter=post.message, department=None).letter
    letter = letters.receive(letter, post.law, by=post.clerk)
    drafted(post, letter)

    letter.refresh_from_db()
    assert letter.state == LetterState.ANSWERED
    assert not Notice.objects.filter(kind=NoticeKind.TODO, read_at=None).exists()


@pytest.mark.parametrize(("text", "outcome", "field"), [(" ", "SOLVED", "text"), ("答复", "", "outcome")])
def test_an_answer_says_something_and_its_outcome(post, send, text, outcome, field):
    with pytest.raises(Refused) as refusal:
        answers.finish(send().letter, text=text, outcome=outcome, version=0, by=post.lawyer)
    assert refusal.value.field == field


def test_two_who_draft_at_once_do_not_overwrite_each_other(post, send):
    letter = send().letter
    answers.save(letter, text="甲稿", outcome="", version=0, by=post.lawyer)

    with pytest.raises(TooLate, match="别人保存过"):
        answers.save(letter, text="乙稿", outcome="", version=0, by=post.lawyer)
    assert answers.open_answer(letter).text == "甲稿"


def test_passing_on_discards_the_draft_of_the_department_that_had_it(post, send):
    letter = send().letter
    answers.save(letter, text="甲稿", outcome="", version=0, by=post.lawyer)
    letters.refer(letter, post.registry, by=post.lawyer, note="归注册科")

    assert [one.state for one in letter.answers.all()] == [AnswerState.DISCARDED]


@pytest.fixture
def soon():
    """A day after the answer."""
    with clock.at(moment("2026-10-10 10:00")):
        yield


def test_a_letter_is_rated_once_and_handled_again_once(answered, soon):
    letter = writers.rate(answered, Satisfaction.FAIR)
    with pytest.raises(TooLate, match="已经评价"):
        writers.rate(letter, Satisfaction.SATISFIED)

    letter = writers.reopen(letter, note="仍未退款")
    with pytest.raises(Refused):
        writers.reopen(letter, note="再来")


def test_asking_again_needs_words_and_is_not_for_ever(answered, soon):
    with pytest.raises(Refused) as refusal:
        writers.reopen(answered, note=" ")
    assert refusal.value.field == "note"
    with clock.at(moment("2026-11-09 10:00")), pytest.raises(Refused, match="30 日"):
        writers.reopen(answered, note="仍未退款")


def test_a_duplicate_is_merged_and_its_writer_gets_the_answer_too(post, send):
    first, second = send().letter, send(nonce="1" * 32, title="还是那家超市").letter
    second = letters.merge(second, first, by=post.lawyer, note="同一事项")
    assert (second.state, second.outcome, second.merged_into) == (
        LetterState.CLOSED,
        Outcome.DUPLICATE,
        first,
    )

    answer = drafted(post, first)
    answers.approve(answer.steps.get(), by=post.law_head)
    assert told(second)[-1] == "法制科已答复，办理结果：已解决。请查看答复并评价。"
    with pytest.raises(Refused):
        letters.merge(first, second, by=post.lawyer, note="反过来")
    with pytest.raises(Refused, match="没有答复"):
        writers.reopen(second, note="不满意")


def test_a_declined_letter_is_kept_with_its_reason(post, send):
    letter = letters.decline(send().letter, by=post.clerk, note="内容不清，无法核实")

    assert (letter.state, letter.outcome) == (LetterState.CLOSED, Outcome.DECLINED)
    assert told(letter)[-1] == "您的来信不予受理。理由：内容不清，无法核实"
    entry = AuditEntry.objects.get(verb="decline")
    assert (entry.actor, entry.note) == (post.clerk, "内容不清，无法核实")


def test_a_letter_in_the_wrong_class_keeps_its_history_and_gets_the_other_limit(post, send):
    letter = send().letter
    with clock.at(moment("2026-10-08 09:00")):
        letter = letters.reclassify(letter, post.enquiry, by=post.lawyer, note="实为咨询")

    limit = limits.open_limits_for(letter).get()
    assert (limit.working_days, str(limit.started_at.date())) == (2, "2026-09-30")
    assert told(letter)[-1] == "您的来信由“投诉”改按“咨询”办理。理由：实为咨询"


def test_related_letters_know_each_other_and_stay_as_they_are(post, send):
    one, other = send().letter, send(nonce="1" * 32).letter
    letters.relate(one, other, by=post.lawyer)

    assert list(other.related.all()) == [one]
    with pytest.raises(NotAllowed):
        letters.relate(one, other, by=post.registrar)
