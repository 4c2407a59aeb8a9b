"""The analysis of a survey: sealed until it is over, counted rightly, texts private unless published one by one."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from interaction.enums.activities import Participants
from interaction.models import Activity, SurveyAnswer
from interaction.operations import activity_moves as moves
from interaction.operations import survey_results as operations
from interaction.queries import surveys as queries
from portal.models import AuditEntry
from portal.workflow import NotAllowed, Refused, TooLate
from tests.interaction.poll_kit import after, crowd
from tests.interaction.survey_kit import answer, asked, survey

pytestmark = pytest.mark.django_db


def nonce(number: int) -> str:
    return f"{number:032}"


@pytest.fixture
def closed(office):
    """Three sheets, one of them by somebody who had nothing to do here; over."""
    activity = survey(office)
    answer(
        activity,
        None,
        0,
        (0, 1),
        5,
        "请张三多设窗口，电话 13800138000",
        10,
        date(2026, 9, 30),
        nonce=nonce(1),
    )
    answer(activity, None, 0, (0,), 2, "", 40, None, nonce=nonce(2))
    answer(activity, None, 1, None, None, "没有意见", None, None, nonce=nonce(3))
    return moves.end(activity, by=office.moderator, note="已够样本")


def page(activity: Activity) -> str:
    return reverse("desk:survey_results", args=[activity.pk])


def texts(activity: Activity) -> str:
    return reverse("desk:survey_texts", args=[activity.pk, asked(activity)[3].pk])


def test_figures_are_what_was_answered(closed):
    found = queries.results_of(closed, publicly=False)
    one, two, three, four, five, six = found.figures
    assert (found.sheets, [(bar.label, bar.count) for bar in one.bars]) == (3, [("办过", 2), ("没办过", 1)])
    assert (two.answered, [bar.count for bar in two.bars]) == (2, [2, 1, 0])
    assert (three.average, three.middle, [bar.count for bar in three.bars]) == (3.5, 3.5, [1, 0, 0, 1, 0])
    assert (four.answered, len(four.texts)) == (2, 2)
    assert (five.average, five.middle, five.lowest, five.highest) == (25, 25, 10, 40)
    assert (six.answered, six.lowest) == (1, date(2026, 9, 30))


def test_nothing_is_seen_before_it_is_over(client, office):
    activity = survey(office)
    answer(activity, None, 1, nonce=nonce(1))
    for role in ("moderator", "signer", "inspector", "auditor", "collector"):
        client.force_login(getattr(office, role))
        export = reverse("desk:survey_results_export", args=[activity.pk])
        assert [client.get(one).status_code for one in (page(activity), export, texts(activity))] == [
            403,
            404,
            404,
        ]
    with pytest.raises(TooLate):
        operations.comment(activity, "早了", by=office.moderator)


def test_results_need_a_written_comment_before_they_are_published(client, office, closed):
    with pytest.raises(Refused, match="请先写分析说明"):
        moves.publish_results(closed, by=office.moderator)
    client.force_login(office.collector)
    assert client.post(page(closed), {"comment": "  "}).status_code == 422
    assert client.post(page(closed), {"comment": "多数人来过窗口。\n\n等候偏久。"}).status_code == 302
    moves.publish_results(closed, by=office.moderator)
    client.logout()
    public = client.get(f"/surveys/{closed.pk}/results/").content.decode()
    assert ["等候偏久" in public, "没有意见" in public, "13800138000" in public] == [True, False, False]


def test_texts_are_published_one_by_one_masked(client, office, closed):
    client.force_login(office.moderator)
    listing = client.get(texts(closed)).context["listing"]
    proposed = {one.text: one.proposed for one in listing}
    assert proposed["请张三多设窗口，电话 13800138000"] == "请张三多设窗口，电话 138******00"
    target = next(one for one in listing if "13800138000" in one.text)
    publish = reverse("desk:survey_text_publish", args=[closed.pk, target.question_id, target.pk])
    assert client.post(publish, {"text": " "}).status_code == 422
    assert client.post(publish, {"text": "请多设窗口"}).status_code == 302
    assert queries.results_of(closed, publicly=True).figures[3].texts == ["请多设窗口"]
    assert SurveyAnswer.objects.get(pk=target.pk).text == "请张三多设窗口，电话 13800138000"
    assert AuditEntry.objects.filter(verb="show_text").get().note == "有什么建议"
    client.post(publish, {"hide": "1"})
    assert queries.results_of(closed, publicly=True).figures[3].texts == []


def test_only_whoever_publishes_publishes_texts(client, office, closed):
    target = SurveyAnswer.objects.exclude(text="").first()
    publish = reverse("desk:survey_text_publish", args=[closed.pk, target.question_id, target.pk])
    for role, status in (("inspector", 403), ("collector", 403), ("staff", 404), ("granter", 404)):
        client.force_login(getattr(office, role))
        assert client.post(publish, {"text": "公布"}).status_code == status
    with pytest.raises(NotAllowed):
        operations.show_text(closed, target, "公布", by=office.inspector)
    other = survey(office)
    strange = reverse("desk:survey_text_publish", args=[closed.pk, asked(other)[3].pk, target.pk])
    client.force_login(office.moderator)
    assert client.post(strange, {"text": "公布"}).status_code == 404


def test_units_stand_for_themselves_from_five_sheets_on(client, office):
    activity = survey(office, is_anonymous=False, participants=Participants.STAFF)
    for turn, person in enumerate(
        [*crowd(office.section, 6, "a"), *crowd(office.station, 5, "b"), office.staff]
    ):
        answer(activity, person, 0, (0,), 4, nonce=nonce(turn))
    units = queries.results_of(activity, publicly=True).units
    assert [(unit.department, unit.sheets, unit.figures[2].average) for unit in units] == [
        (office.section, 7, 4),
        (office.station, 5, 4),
    ]


def test_the_workbook_has_a_summary_and_every_sheet(client, office, closed):
    client.force_login(office.inspector)
    reply = client.get(reverse("desk:survey_results_export", args=[closed.pk]))
    book = load_workbook(BytesIO(b"".join(reply.streaming_content)))
    assert book.sheetnames == ["汇总", "答卷"]
    rows = [row[1:] for row in list(book["答卷"].values)[1:]]
    assert ("办过", "登记；年报", 5, "请张三多设窗口，电话 13800138000", 10, "2026-09-30") in rows
    assert next(book["答卷"].values)[:2] == ("序号", "1. 今年来窗口办过事吗")


def test_the_workbook_of_a_signed_survey_names_who_answered(client, office):
    activity = survey(office, is_anonymous=False, participants=Participants.STAFF)
    answer(activity, office.staff, 1, nonce=nonce(1))
    with after(activity):
        client.force_login(office.inspector)
        reply = client.get(reverse("desk:survey_results_export", args=[activity.pk]))
        rows = list(load_workbook(BytesIO(b"".join(reply.streaming_content)))["答卷"].values)
    assert rows[1][:4] == ("staff", "干部", "办公室", "没办过")


@pytest.mark.parametrize("number", [1, 30])
def test_the_analysis_costs_the_same_however_many_sheets(
    client, office, number, django_assert_max_num_queries
):
    activity = survey(office, is_anonymous=False, participants=Participants.STAFF)
    for turn, person in enumerate(crowd(office.section, number)):
        answer(activity, person, 0, (0,), 4, "建议", 5, nonce=nonce(turn))
    moves.end(activity, by=office.moderator, note="已够样本")
    client.force_login(office.inspector)
    client.get("/surveys/")
    for address, most in ((page(activity), 34), (texts(activity), 22)):
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200
