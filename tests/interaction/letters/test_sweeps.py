"""催办: at half, a day before, on the day, after; once a day to departments and those who look; twice changes nothing."""

from datetime import date

import pytest
from django.core import mail

from interaction.enums.letters import LetterState, Outcome
from interaction.models import LetterboxLook, LetterNews
from interaction.operations import answers, news, reminders
from portal import clock, limits
from portal.models import Notice
from portal.operations import set_day
from tests.interaction.letters.conftest import moment


def reminded(at: str) -> list[tuple[str, str]]:
    """What the sweep tells at that moment: to whom, and in which words before the title."""
    known = set(Notice.objects.values_list("pk", flat=True))
    with clock.at(moment(at)):
        reminders.remind_of_letters()
        again = reminders.remind_of_letters()
    assert again == 0
    fresh = Notice.objects.exclude(pk__in=known).order_by("pk")
    return sorted((one.recipient.staff_number, one.title.partition("：")[0]) for one in fresh)


def test_reminders_come_at_half_a_day_before_on_the_day_and_after(post, send):
    send("2026-10-12 10:00")  # ten working days: due on 26 October

    assert reminded("2026-10-16 09:00") == []
    assert reminded("2026-10-19 07:00") == []  # before office hours
    assert reminded("2026-10-19 09:00") == [("lawyer", "答复来信时限已过半")]
    assert reminded("2026-10-20 09:00") == []
    assert reminded("2026-10-23 09:00") == [("lawyer", "答复来信还有一个工作日到期")]
    assert reminded("2026-10-24 09:00") == []  # a Saturday
    assert reminded("2026-10-26 09:00") == [("lawyer", "答复来信今天到期")]
    assert reminded("2026-10-27 09:00") == [("law_head", "答复来信已逾期"), ("lawyer", "答复来信已逾期")]
    assert reminded("2026-10-28 09:00") == [("law_head", "答复来信已逾期"), ("lawyer", "答复来信已逾期")]


def test_a_letter_not_received_reminds_the_centre(post, send):
    send("2026-10-12 10:00", letterbox=post.centre_box, matter=post.message, department=None)

    assert reminded("2026-10-13 09:00") == [("clerk", "受理来信今天到期")]


def test_departments_hear_once_a_working_day_what_is_open(post, send):
    send("2026-10-12 10:00")
    send("2026-09-01 10:00", nonce="1" * 32)
    with clock.at(moment("2026-10-13 09:00")):
        assert reminders.remind_departments() == 1
        assert reminders.remind_departments() == 0
    told = Notice.objects.filter(recipient=post.lawyer, title__contains="封来信待办").get()
    assert told.title == "法制科有 2 封来信待办，其中 1 封已逾期"
    with clock.at(moment("2026-10-17 09:00")):
        assert reminders.remind_departments() == 0


def test_whoever_forgot_to_look_is_told_in_the_afternoon(post):
    with clock.at(moment("2026-10-13 14:00")):
        assert reminders.remind_to_look() == 0
    with clock.at(moment("2026-10-13 15:00")):
        assert reminders.remind_to_look() == 1
        assert reminders.remind_to_look() == 0
    LetterboxLook.objects.create(letterbox=post.centre_box, day="2026-10-14", by=post.clerk, at=clock.now())
    with clock.at(moment("2026-10-14 15:00")):
        assert reminders.remind_to_look() == 0


def test_an_answered_letter_closes_by_itself_when_nobody_asks_again(post, send):
    letter = send("2026-09-01 10:00").letter
    with clock.at(moment("2026-09-04 10:00")):
        answer = answers.finish(letter, text="已退货。", outcome=Outcome.SOLVED, version=0, by=post.lawyer)
        answers.approve(answer.steps.get(), by=post.law_head)
    with clock.at(moment("2026-10-04 09:00")):
        assert reminders.close_answered() == 0
    with clock.at(moment("2026-10-04 11:00")):
        assert reminders.close_answered() == 1
        assert reminders.close_answered() == 0
    letter.refresh_from_db()
    assert (letter.state, letter.outcome) == (LetterState.CLOSED, Outcome.SOLVED)


def test_the_writer_is_mailed_that_there_is_news_but_not_what_the_letter_says(post, send):
    letter = send(email="zhangsan@example.cn").letter

    assert news.mail_letter_news() == 1
    assert news.mail_letter_news() == 0
    (message,) = mail.outbox
    assert message.to == ["zhangsan@example.cn"]
    assert letter.code in message.body
    assert "过期食品" not in message.body
    assert "超市" not in message.subject


def test_without_an_address_nothing_is_mailed(post, send):
    send()
    assert news.mail_letter_news() == 0


def test_a_mail_that_fails_is_tried_again_five_times(post, send, monkeypatch):
    send(email="zhangsan@example.cn")

    def fails(*args, **kwargs):
        raise OSError("no route")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fails)
    assert [news.mail_letter_news() for _ in range(6)] == [0] * 6
    assert LetterNews.objects.get().attempts == 5


@pytest.mark.parametrize(
    "sweep", [reminders.remind_of_letters, reminders.remind_departments, reminders.close_answered]
)
def test_sweeps_over_nothing_do_nothing(post, sweep):
    with clock.at(moment("2026-10-13 16:00")):
        assert sweep() == 0


def test_a_changed_calendar_moves_open_letters_and_tells_department_and_writer(post, send):
    letter = send("2026-10-12 10:00").letter
    with clock.at(moment("2026-10-13 09:00")):
        set_day(date(2026, 10, 19), False, by=post.granter)

    limit = limits.open_limits_for(letter).get()
    assert f"{clock.local(limit.due_at):%m-%d}" == "10-27"
    assert Notice.objects.latest("pk").title == (
        "工作日历调整，答复来信到期日由2026-10-26改为2026-10-27：超市拒不退货"
    )
    assert letter.news.last().text.startswith("工作日历调整，最迟答复日期改为2026年10月27日。")
