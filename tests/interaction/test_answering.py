"""Answering a survey: nothing typed is lost, nothing unasked is kept, the same form twice is one sheet."""

from datetime import timedelta

import pytest
from django.urls import reverse

from interaction.enums.activities import Participants
from interaction.models import Activity, SurveyAnswer, SurveySheet, VoterMark
from interaction.operations import activity_moves as moves
from interaction.operations.sheets import close_surveys
from interaction.rules.surveys import asked_of
from portal import clock
from portal.forms.visitors import new_stamp
from portal.models import AuditEntry, Parameter
from tests.interaction.poll_kit import after, crowd
from tests.interaction.survey_kit import answer, asked, survey, typed

pytestmark = pytest.mark.django_db
FULL = (0, (0, 1), "5", "多设一个窗口", "12.5", "2026-09-30")


def address(activity: Activity) -> str:
    return reverse("survey", args=[activity.pk])


def kept() -> list:
    """Every answer kept, by the number of its question."""
    rows = SurveyAnswer.objects.select_related("option").order_by("question", "option__position")
    return [str(one.option or one.text or one.day or f"{one.number.normalize():f}") for one in rows]


def test_a_sheet_without_signing_in_is_kept_and_thanked_for(client, office):
    activity = survey(office)
    reply = client.post(address(activity), typed(activity, *FULL), follow=True)
    assert reply.redirect_chain == [(f"/surveys/{activity.pk}/?done=1", 302)]
    assert "您已提交答卷" in reply.content.decode()
    assert kept() == ["办过", "登记", "年报", "5", "多设一个窗口", "12.5", "2026-09-30"]
    sheet = SurveySheet.objects.get()
    assert (sheet.voter, sheet.department, VoterMark.objects.count()) == (None, None, 0)


def test_the_same_form_twice_is_one_sheet(client, office):
    activity = survey(office)
    data = typed(activity, *FULL)
    answers = [client.post(address(activity), data) for _ in range(2)]
    assert [(one.status_code, one.headers["Location"]) for one in answers] == [
        (302, f"/surveys/{activity.pk}/?done=1")
    ] * 2
    assert SurveySheet.objects.count() == 1


def test_hidden_questions_are_neither_required_nor_kept(client, office):
    activity = survey(office)
    reply = client.post(address(activity), typed(activity, 1, (0, 1, 2), "99", "", "", ""))
    assert (reply.status_code, kept()) == (302, ["没办过"])


def test_shown_questions_are_required_and_everything_typed_comes_back(client, office):
    activity = survey(office)
    wrong = typed(activity, 0, (0, 1, 2), None, "长" * 21, "一百", "明天")
    reply = client.post(address(activity), wrong)
    errors = [list(reply.context["form"].errors.get(one.field, [])) for one in asked(activity)]
    assert (reply.status_code, errors) == (
        422,
        [
            [],
            ["请选择 1 至 2 项，现在选了 3 项"],
            ["这道题需要回答"],
            ["最多 20 字，请精简"],
            ["请填数字"],
            ["请写成 2026-09-30 的样子"],
        ],
    )
    page = reply.content.decode()
    assert ["长" * 21 in page, 'value="一百"' in page, 'value="明天"' in page, page.count(" checked")] == [
        True,
        True,
        True,
        4,
    ]
    assert SurveySheet.objects.count() == 0


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("101", "请填 0 至 100 之间的数"),
        ("-1", "请填 0 至 100 之间的数"),
        ("1e400", ""),
        ("NaN", "请填数字"),
        ("0.12345", "最多 4 位小数"),
    ],
)  # fmt: skip
def test_numbers_keep_to_their_range(client, office, value, message):
    activity = survey(office)
    reply = client.post(address(activity), typed(activity, 1, None, None, None, value))
    assert (reply.status_code, message in reply.content.decode()) == (422, True)


@pytest.mark.parametrize(
    "junk", ["x", "-1", "99999999999999999999", "\0", "<script>alert(1)</script>", "𠀀👩‍👧"]
)
def test_hostile_answers_make_no_error_page(client, office, junk):
    activity = survey(office)
    data = typed(activity, 0)
    for question in asked(activity):
        data[question.field] = junk
    reply = client.post(address(activity), data)
    assert (reply.status_code, "<script>alert(1)" in reply.content.decode()) == (422, False)


def test_extension_b_and_emoji_are_kept_as_they_are(client, office):
    activity = survey(office)
    client.post(address(activity), typed(activity, 1, None, None, "𠀀𪚥👩‍👧"))
    assert kept() == ["没办过", "𠀀𪚥👩‍👧"]


def test_robots_and_expired_forms_are_held_up_and_lose_nothing(client, office):
    activity = survey(office)
    for change in (
        {"homepage": "http://spam"},
        {"stamp": "forged"},
        {"stamp": new_stamp(13 * 3600)},
        {"stamp": ""},
    ):
        reply = client.post(address(activity), typed(activity, *FULL) | change)
        page = reply.content.decode()
        assert (reply.status_code, "多设一个窗口" in page, SurveySheet.objects.count()) == (422, True, 0)
    with clock.at(clock.now() + timedelta(seconds=30)):
        again = typed(activity, *FULL, stamp=reply.context["form"]["stamp"].value())
        assert client.post(address(activity), again).status_code == 302


def test_a_flood_from_one_address_is_held_up_with_everything_kept(client, office):
    Parameter.objects.create(key="sheets_an_hour", value=2)
    activity = survey(office)
    statuses = [client.post(address(activity), typed(activity, *FULL)).status_code for _ in range(3)]
    assert statuses == [302, 302, 429]
    reply = client.post(address(activity), typed(activity, *FULL))
    assert ["提交的答卷太多" in reply.content.decode(), "多设一个窗口" in reply.content.decode()] == [
        True,
        True,
    ]


def test_a_signed_survey_says_so_and_takes_one_sheet_a_person(client, office):
    activity = survey(office, is_anonymous=False, participants=Participants.STAFF)
    client.force_login(office.staff)
    assert "答卷上记录您的工号、姓名和单位" in client.get(address(activity)).content.decode()
    forged = {"voter": office.signer.pk, "staff_number": "signer"}
    client.post(address(activity), typed(activity, *FULL) | forged)
    reply = client.post(address(activity), typed(activity, 1), follow=True)
    assert "您已提交答卷" in reply.content.decode()
    assert [(one.voter, one.department) for one in SurveySheet.objects.all()] == [
        (office.staff, office.section)
    ]


def test_an_anonymous_survey_for_staff_marks_who_answered_and_not_what(client, office):
    activity = survey(office, participants=Participants.STAFF)
    client.force_login(office.staff)
    before = AuditEntry.objects.count()
    for _ in range(2):
        client.post(address(activity), typed(activity, *FULL))
    sheet = SurveySheet.objects.get()
    assert (sheet.voter, sheet.department, VoterMark.objects.get().voter) == (None, None, office.staff)
    assert AuditEntry.objects.count() == before


def test_outside_its_time_and_uninvited_it_says_why_and_keeps_what_was_typed(client, office):
    activity = survey(office)
    moves.end(activity, by=office.moderator, note="提前完成")
    reply = client.post(address(activity), typed(activity, *FULL))
    page = reply.content.decode()
    assert (reply.status_code, "不能再参加" in page, "多设一个窗口" in page) == (409, True, True)
    closed = survey(office, participants=Participants.DEPARTMENTS, departments=[office.station])
    client.force_login(office.inspector)
    reply = client.post(address(closed), typed(closed, *FULL))
    assert (reply.status_code, "只请指定部门的人员参加" in reply.content.decode()) == (409, True)
    client.force_login(office.staff)
    assert client.post(address(closed), typed(closed, *FULL)).status_code == 403


def test_a_session_that_ran_out_shows_what_was_typed_on_the_way_to_the_sign_in(client, office):
    live = survey(office, is_anonymous=False, participants=Participants.STAFF)
    reply = client.post(address(live), typed(live, *FULL))
    assert reply.status_code == 403
    assert SurveySheet.objects.count() == 0


def test_a_chain_of_conditions_follows_only_what_is_asked(office):
    questions = asked(survey(office))
    first, second, third, *rest = questions
    done, not_done = first.options.all()
    free = {one.pk for one in rest}
    assert asked_of(questions, {}) == {first.pk, *free}
    assert asked_of(questions, {first.pk: [done]}) == {first.pk, second.pk, third.pk, *free}
    third.shown_if_id = second.pk
    third.shown_options.set([second.options.first()])
    questions[2] = third
    hidden = {first.pk: [not_done], second.pk: list(second.options.all())}
    assert asked_of(questions, hidden) == {first.pk, *free}


def test_after_the_end_sheets_are_mixed_and_none_is_lost(office):
    activity = survey(office, participants=Participants.STAFF)
    for turn, person in enumerate(crowd(office.section, 5)):
        answer(activity, person, 0, (0,), 4, "建议", nonce=f"{turn:032}")
    keys = set(SurveySheet.objects.values_list("pk", flat=True))
    with after(activity):
        assert (close_surveys(), close_surveys()) == (1, 0)
    rows = SurveySheet.objects.all()
    assert (rows.count(), SurveyAnswer.objects.count(), VoterMark.objects.count()) == (5, 20, 5)
    assert not keys & {one.pk for one in rows}
    assert not any(one.nonce.startswith("0000") for one in rows)


def test_the_questionnaire_costs_few_queries(client, office, django_assert_max_num_queries):
    activity = survey(office)
    address_of = address(activity)
    client.get(address_of)
    with django_assert_max_num_queries(13):
        client.get(address_of)
    data = typed(activity, *FULL)
    with django_assert_max_num_queries(16):
        client.post(address_of, data)
