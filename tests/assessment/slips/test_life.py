"""石家庄第十五条、第二十八条: a column that lies still gets its slip, a second one, and then comes on the list."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from assessment.enums.slips import MentionKind, MentionState, SlipState
from assessment.models import Mention, ReminderSlip
from assessment.operations import reminders
from assessment.operations import slips as operations
from columns.enums import CadenceRule
from columns.models import CadencePause, Responsibility
from portal import clock
from portal.models import AuditEntry, Notice
from portal.workflow import NotAllowed, Refused, TooLate
from tests.assessment.slips.conftest import moment


def the_slip() -> ReminderSlip:
    return ReminderSlip.objects.latest("pk")


def states() -> list[tuple[str, int, str]]:
    rows = ReminderSlip.objects.order_by("pk")
    return [(one.number, one.level, one.state) for one in rows]


def told(slip: ReminderSlip) -> set[str]:
    return set(slip.recipients.values_list("staff_number", flat=True))


@pytest.fixture
def silent(slips, limit, publish):
    """Nothing in 工作动态 since 1 September; a week is allowed."""
    limit(slips.trends)
    publish("2026-09-01 10:00")
    return slips


def test_eight_days_a_slip_a_second_one_then_the_list(silent, reminded):
    assert reminded("2026-09-08") == 0
    assert reminded("2026-09-09") == 1
    first = the_slip()
    assert (str(first), first.level, first.since, first.due_on) == (
        "提醒〔2026〕1号", 1, date(2026, 9, 1), date(2026, 9, 14),
    )  # fmt: skip
    assert (first.unit, first.column, first.rule) == (silent.section, silent.trends, "每 7 日内至少更新一次")
    assert told(first) == {"collector", "moderator", "head"}

    assert reminded("2026-09-14") == 0
    assert reminded("2026-09-15") == 2  # one lapses, the next is issued
    second = the_slip()
    assert states() == [("提醒〔2026〕1号", 1, "LAPSED"), ("提醒〔2026〕2号", 2, "ISSUED")]
    assert second.earlier == first
    assert told(second) == {"collector", "moderator", "head", "chief", "fenguan", "signer"}
    assert not Mention.objects.exists()

    assert second.due_on == date(2026, 9, 18)
    assert reminded("2026-09-19") == 0  # a Saturday
    assert reminded("2026-09-21") == 2
    mention = Mention.objects.get()
    assert (mention.kind, mention.state, mention.unit) == (
        MentionKind.CRITICISM, MentionState.LISTED, silent.section,
    )  # fmt: skip
    assert "提醒〔2026〕1号、提醒〔2026〕2号共 2 次提醒" in mention.facts
    listed = Notice.objects.filter(title__contains="已列入通报批评待确认")
    assert {one.recipient.staff_number for one in listed} == {"head", "chief", "fenguan", "signer"}
    for day in ("2026-09-25", "2026-10-12", "2026-10-20"):
        reminded(day)
    assert Mention.objects.count() == 1


def test_a_text_in_time_improves_and_a_late_one_does_not(silent, publish, reminded):
    reminded("2026-09-09")
    text = publish("2026-09-11 16:00")
    assert reminded("2026-09-30") == 2  # as at its last day; silent again since
    first = ReminderSlip.objects.earliest("pk")
    assert (first.state, first.improved_by) == (SlipState.IMPROVED, text)
    assert the_slip().level == 1

    publish("2026-10-20 16:00")  # that slip was due on 12 October
    reminded("2026-10-21")
    assert states()[-1] == ("提醒〔2026〕2号", 1, "LAPSED")
    assert ReminderSlip.objects.count() == 2


def test_on_days_off_nothing_is_issued(silent, reminded):
    assert reminded("2026-09-12") == reminded("2026-10-01") == 0
    assert not ReminderSlip.objects.exists()


def test_numbers_begin_anew_each_year_and_none_is_missing(silent, limit, reminded):
    limit(silent.sub_news)
    reminded("2026-12-30")
    reminded("2027-01-06")
    numbers = [one.number for one in ReminderSlip.objects.order_by("pk")]
    assert numbers == ["提醒〔2026〕1号", "提醒〔2026〕2号", "提醒〔2027〕1号", "提醒〔2027〕2号"]


def test_an_issue_that_fails_takes_no_number(silent, limit, reminded, monkeypatch):
    limit(silent.sub_news)
    send = reminders._send
    monkeypatch.setattr(
        reminders, "_send", lambda slip, *rest: 1 / 0 if slip.site == silent.sub else send(slip, *rest)
    )
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        reminded("2026-09-09")
    monkeypatch.setattr(reminders, "_send", send)
    assert reminded("2026-09-09") == 2
    assert sorted(one.number for one in ReminderSlip.objects.all()) == ["提醒〔2026〕1号", "提醒〔2026〕2号"]


def test_a_limit_paused_or_ended_ends_its_slip(silent, reminded):
    reminded("2026-09-09")
    CadencePause.objects.create(
        column=silent.trends,
        starts_on=date(2026, 9, 10),
        reason="改版",
        by=silent.chief_inspector,
        at=clock.now(),
    )
    assert reminded("2026-09-10") == 1
    assert (the_slip().state, the_slip().excuse) == (SlipState.EXCUSED, "更新时限已暂停")


def test_a_column_that_another_unit_took_over_begins_with_a_first_slip(silent, reminded):
    reminded("2026-09-09")
    Responsibility.objects.filter(column=silent.trends).update(department=silent.supervision)
    reminded("2026-09-15")
    assert (the_slip().unit, the_slip().level, the_slip().earlier) == (silent.supervision, 1, None)


def test_what_was_missing_of_a_month_improves_once_it_is_made_up(slips, limit, publish, reminded):
    limit(slips.trends, rule=CadenceRule.AT_LEAST, days=None, count=3, period="MONTH")
    publish("2026-08-03 10:00")
    publish("2026-09-01 10:00")
    reminded("2026-09-02")
    assert (the_slip().since, the_slip().state) == (date(2026, 8, 1), SlipState.ISSUED)
    last = publish("2026-09-03 10:00")
    reminded("2026-09-03")
    assert (the_slip().state, the_slip().improved_by) == (SlipState.IMPROVED, last)


def test_a_recipient_signs_once_in_their_own_words(silent, reminded):
    reminded("2026-09-09")
    slip = the_slip()
    with pytest.raises(NotAllowed, match="送达"):
        operations.acknowledge(slip, by=silent.signer)
    with pytest.raises(Refused, match="500"):
        operations.acknowledge(slip, by=silent.collector, reply="长" * 501)
    with clock.at(moment("2026-09-10")):
        operations.acknowledge(slip, by=silent.collector, reply=" 本周五前发布两条 ")
    slip.refresh_from_db()
    assert (slip.acknowledged_by, slip.reply, slip.state) == (
        silent.collector,
        "本周五前发布两条",
        SlipState.ISSUED,
    )
    with pytest.raises(TooLate, match="已由信息员签收"):
        operations.acknowledge(slip, by=silent.head_person)
    assert not Notice.objects.filter(kind="TODO", url=slip.get_absolute_url(), read_at=None).exists()


def test_the_office_excuses_with_a_reason_and_silence_begins_anew(silent, reminded):
    reminded("2026-09-09")
    slip = the_slip()
    for person, why in ((silent.collector, "检查权限"), (silent.inspector, "本单位")):
        with pytest.raises(NotAllowed, match=why):
            operations.excuse(slip, by=person, note="机房检修")
    with clock.at(moment("2026-09-10")):
        with pytest.raises(Refused, match="理由"):
            operations.excuse(slip, by=silent.chief_inspector, note=" ")
        operations.excuse(slip, by=silent.chief_inspector, note="机房检修")
    assert AuditEntry.objects.filter(verb="excuse", note="机房检修").count() == 1
    assert reminded("2026-09-17") == 0
    assert reminded("2026-09-18") == 1
    assert (the_slip().level, the_slip().earlier) == (1, None)


def test_each_person_is_told_once_and_by_mail(silent, reminded):
    reminded("2026-09-09")
    rows = Notice.objects.filter(key=f"slip-{the_slip().pk}")
    assert rows.count() == 3
    assert {one.title for one in rows} == {
        "提醒〔2026〕1号：城东分局基层信息网·工作动态须在 2026-09-14 前更新"
    }


def test_the_command_prints_what_is_open_at_the_moment(silent):
    def said(at: str) -> list[dict]:
        out = StringIO()
        call_command("remind", at=at, format="json", stdout=out)
        return json.loads(out.getvalue())

    assert said("2026-09-08T09:00") == []
    found = said("2026-09-09T09:00")
    assert found == said("2026-09-09T09:00") == said("2026-09-12T09:00")
    assert found[0] | {"site": ""} == {
        "number": "提醒〔2026〕1号", "unit": "办公室", "site": "", "column": "工作动态", "rule": "每 7 日内至少更新一次",
        "clause": "办法第十五条", "since": "2026-09-01", "due": "2026-09-14", "level": 1,
    }  # fmt: skip
    assert [one["level"] for one in said("2026-09-15T09:00")] == [2]
    out = StringIO()
    call_command("remind", at="2026-09-15T09:00", stdout=out)
    assert out.getvalue().startswith("提醒〔2026〕2号（第 2 次） 办公室 工作动态 自 2026-09-01 起未更新")
