"""Voting as it is promised: signed in, by 工号, one person one vote, and nobody learns what anybody chose."""

import random
from datetime import timedelta
from io import BytesIO

import pytest
from django.core import serializers
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from interaction.enums.activities import Participants
from interaction.models import Activity, Ballot, BallotChoice, VoterMark
from interaction.operations import activity_moves as moves
from interaction.operations import ballots
from interaction.operations.ballots import AlreadyVoted
from interaction.queries import polls as queries
from interaction.queries.polls import shown_units
from portal import clock
from portal.models import AuditEntry, Notice
from portal.workflow import Refused
from tests.interaction.poll_kit import after, appraisal, crowd, poll, questions, typed, vote

pytestmark = pytest.mark.django_db


def address(activity: Activity) -> str:
    return reverse("poll_vote", args=[activity.pk])


def counted(activity: Activity) -> list[int]:
    return [line.count for line in queries.results_of(activity).tallies[0].lines]


def test_a_vote_counts_and_the_page_says_so(client, office):
    activity = poll(office)
    client.force_login(office.staff)
    answer = client.post(address(activity), typed(activity, 1), follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain == [(f"/polls/{activity.pk}/", 302)]
    assert ["您已投票" in page, "投票成功" in page, "<button class=\"button primary\" type=\"submit\">投票" in page] == [
        True, True, False,
    ]  # fmt: skip
    assert counted(activity) == [0, 1, 0]


def test_voting_costs_no_more_than_ten_queries(client, office):
    """Beginning and ending the transaction apart, which stand in a test as savepoints."""
    activity = poll(office)
    client.force_login(office.staff)
    client.get(f"/polls/{activity.pk}/")
    data = typed(activity, 0)
    with CaptureQueriesContext(connection) as queries_made:
        assert client.post(address(activity), data).status_code == 302
    statements = [one["sql"] for one in queries_made if "SAVEPOINT" not in one["sql"]]
    assert len(statements) <= 10


def test_a_second_click_leads_to_the_same_friendly_page(client, office):
    activity = poll(office)
    client.force_login(office.staff)
    client.post(address(activity), typed(activity, 0))
    answer = client.post(address(activity), typed(activity, 1), follow=True)
    assert ("您已投票" in answer.content.decode(), counted(activity)) == (True, [1, 0, 0])
    with pytest.raises(AlreadyVoted):
        vote(activity, office.staff, 2)


def test_whose_vote_it_is_says_the_session_and_nothing_that_is_sent(client, office):
    activity = poll(office, is_anonymous=False)
    client.force_login(office.staff)
    forged = {"voter": office.signer.pk, "staff_number": "signer", "user": "signer", "activity": 0}
    client.post(address(activity), typed(activity, 0) | forged)
    assert [(one.voter, one.department) for one in Ballot.objects.all()] == [(office.staff, office.section)]
    assert [mark.voter for mark in VoterMark.objects.all()] == [office.staff]


def test_without_signing_in_nobody_votes(client, office):
    activity = poll(office, participants=Participants.EVERYONE)
    assert "登录后投票" in client.get(f"/polls/{activity.pk}/").content.decode()
    answer = client.post(address(activity), typed(activity, 0))
    page = f"/polls/{activity.pk}/"
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/login/?next={page}")
    assert Ballot.objects.count() == 0
    client.force_login(office.staff)
    assert client.get(address(activity)).headers["Location"] == page


@pytest.mark.parametrize(
    ("most", "places", "message"),
    [
        (1, (), "请选择一项"),
        (2, (0, 1, 2), "请选择 1 至 2 项，现在选了 3 项"),
        (2, (), "请选择 1 至 2 项，现在选了 0 项"),
    ],
)
def test_an_incomplete_ballot_comes_back_with_what_was_chosen(client, office, most, places, message):
    activity = poll(office, most=most)
    client.force_login(office.staff)
    answer = client.post(address(activity), typed(activity, *places))
    assert (answer.status_code, list(answer.context["form"].errors.values())) == (422, [[message]])
    assert answer.content.decode().count(" checked") == len(places)
    assert VoterMark.objects.count() == 0


@pytest.mark.parametrize("junk", ["x", "-1", "0", "99999999999999999999", "\0", "<b>", "𠀀"])
def test_options_that_are_none_are_refused(client, office, junk):
    activity = poll(office)
    client.force_login(office.staff)
    answer = client.post(address(activity), {f"q{questions(activity)[0].pk}": junk})
    assert (answer.status_code, Ballot.objects.count()) == (422, 0)


def test_an_option_of_another_question_is_refused(client, office):
    activity, other = poll(office), poll(office)
    client.force_login(office.staff)
    mixed = {f"q{questions(activity)[0].pk}": questions(other)[0].choosable[0].pk}
    assert client.post(address(activity), mixed).status_code == 422
    with pytest.raises(Refused, match="请选择一项"):
        ballots.cast(activity, {questions(activity)[0]: questions(other)[0].choosable[:1]}, by=office.staff)


def test_before_it_opens_after_it_closes_and_uninvited_it_says_why(client, office):
    activity = poll(office, participants=Participants.DEPARTMENTS, departments=[office.station])
    client.force_login(office.inspector)
    answer = client.post(address(activity), typed(activity, 0))
    assert (answer.status_code, "只请指定部门的人员参加" in answer.content.decode()) == (409, True)
    activity = poll(office)
    client.force_login(office.staff)
    client.logout()
    with clock.at(activity.opens_at - timedelta(minutes=5)):
        client.force_login(office.staff)
        answer = client.post(address(activity), typed(activity, 0))
    assert (answer.status_code, "还没有开始" in answer.content.decode()) == (409, True)
    client.logout()
    client.force_login(office.staff)
    moves.end(activity, by=office.moderator, note="提前完成")
    answer = client.post(address(activity), typed(activity, 0))
    assert (answer.status_code, "结束，不能再参加" in answer.content.decode()) == (409, True)
    assert VoterMark.objects.count() == 0


def test_a_page_for_some_is_closed_to_others_and_tells_nothing(client, office):
    activity = poll(
        office,
        title="只给北桥所看的题目",
        participants=Participants.DEPARTMENTS,
        departments=[office.station],
    )
    client.force_login(office.staff)
    for path in ("", "results/", "vote/"):
        page = client.get(f"/polls/{activity.pk}/{path}")
        assert (page.status_code, "只给北桥所看的题目" in page.content.decode()) == (403, False)
    assert client.post(address(activity), typed(activity, 0)).status_code == 403
    assert "只给北桥所看的题目" not in client.get("/polls/").content.decode()


def test_drafts_and_withdrawn_ones_have_no_page(client, office):
    draft, live = poll(office, upto=""), poll(office)
    moves.withdraw(live, by=office.moderator, note="题目有误")
    client.force_login(office.staff)
    assert [client.get(f"/polls/{one.pk}/").status_code for one in (draft, live)] == [404, 410]
    assert client.post(address(live), typed(live, 0)).status_code == 410
    assert client.get("/polls/999999999999999999999/").status_code == 404


# --- what is promised -------------------------------------------------------------------------------


def test_nothing_stored_joins_an_anonymous_ballot_to_its_voter(client, office):
    activity = poll(office)
    before = (AuditEntry.objects.count(), Notice.objects.count())
    client.force_login(office.staff)
    client.post(address(activity), typed(activity, 1))
    ballot = Ballot.objects.get()
    fields = {field.name for field in Ballot._meta.fields}
    assert (fields, ballot.voter, ballot.department) == (
        {"id", "activity", "department", "voter"},
        None,
        None,
    )
    assert {field.name for field in VoterMark._meta.fields} == {"id", "activity", "voter"}
    assert {field.name for field in BallotChoice._meta.fields} == {"id", "ballot", "question", "option"}
    assert (AuditEntry.objects.count(), Notice.objects.count()) == before
    assert not hasattr(Ballot, "history")
    stored = serializers.serialize("json", [*Ballot.objects.all(), *BallotChoice.objects.all()])
    assert f'"{office.staff.pk}"' not in stored


def test_keys_are_random_so_that_order_says_nothing(office):
    activity = poll(office)
    people = crowd(office.section, 12)
    for person in people:
        vote(activity, person, random.randrange(3))
    in_order = [person.pk for person in people]
    assert list(VoterMark.objects.values_list("voter", flat=True)) != in_order
    assert all(one.version == 4 for one in Ballot.objects.values_list("pk", flat=True))


def test_the_page_says_what_is_stored_and_who_can_see_what(client, office):
    client.force_login(office.staff)
    page = client.get(f"/polls/{poll(office).pk}/").content.decode()
    assert ["不记名。" in page, "两者不作任何关联" in page, "记单位。" in page, "提交后不能修改" in page] == [
        True, True, False, True,
    ]  # fmt: skip
    page = client.get(f"/polls/{poll(office, counts_units=True).pk}/").content.decode()
    assert "投票不足 5 人的单位不单独列出" in page
    page = client.get(f"/polls/{poll(office, is_anonymous=False).pk}/").content.decode()
    assert ["<b>记名。</b>" in page, "可以看到每张选票" in page] == [True, True]


def test_after_the_end_ballots_are_mixed_and_small_units_forgotten(office):
    activity = poll(office, counts_units=True)
    for person in [*crowd(office.section, 6, "a"), *crowd(office.station, 2, "b")]:
        vote(activity, person, 0)
    keys = set(Ballot.objects.values_list("pk", flat=True)) | set(
        VoterMark.objects.values_list("pk", flat=True)
    )
    assert ballots.close_polls() == 0
    with after(activity):
        assert (ballots.close_polls(), ballots.close_polls()) == (1, 0)
    units = list(Ballot.objects.order_by("department").values_list("department", flat=True))
    assert sorted(units, key=str) == sorted([office.section.pk] * 6 + [None] * 2, key=str)
    assert not keys & {
        *Ballot.objects.values_list("pk", flat=True),
        *VoterMark.objects.values_list("pk", flat=True),
    }
    assert (VoterMark.objects.count(), BallotChoice.objects.count(), counted(activity)) == (8, 8, [8, 0, 0])


# --- results ------------------------------------------------------------------------------------------


def test_results_are_sealed_for_everybody_until_it_is_over(client, office):
    activity = poll(office)
    vote(activity, office.staff, 0)
    desk = reverse("desk:poll_results", args=[activity.pk])
    export = reverse("desk:poll_results_export", args=[activity.pk])
    for role in ("moderator", "signer", "inspector", "auditor", "collector"):
        client.force_login(getattr(office, role))
        assert [client.get(desk).status_code, client.get(export).status_code] == [403, 404]
        assert client.get(f"/polls/{activity.pk}/results/").status_code == 403
    moves.end(activity, by=office.moderator, note="都投完了")
    assert client.get(desk).context["results"].ballots == 1
    assert client.get(f"/polls/{activity.pk}/results/").status_code == 403
    moves.publish_results(activity, by=office.moderator)
    client.force_login(office.staff)
    assert client.get(f"/polls/{activity.pk}/results/").context["results"].ballots == 1
    assert [client.get(desk).status_code, client.get(export).status_code] == [404, 404]


def test_an_appraisal_averages_the_points_that_count(office):
    activity = appraisal(office)
    for person, place in zip(crowd(office.section, 4), (0, 1, 2, 3), strict=True):
        vote(activity, person, place)
    tally = queries.results_of(activity).tallies[0]
    assert ([line.count for line in tally.lines], round(tally.average, 2)) == ([1, 1, 1, 1], 53.33)


@pytest.mark.parametrize(
    ("ballots_of", "others", "shown"),
    [
        ({1: 5, 2: 9}, 0, {1, 2}),
        ({1: 4, 2: 9, 3: 3}, 0, {2}),
        ({1: 4, 2: 9, 3: 6}, 0, {2}),
        ({1: 1, 2: 5}, 0, set()),
        ({1: 7}, 2, set()),
        ({}, 3, set()),
    ],
)
def test_a_unit_with_few_voters_is_not_had_by_subtraction_either(ballots_of, others, shown):
    assert shown_units(ballots_of, others, 5) == shown


def test_turnout_counts_the_invited_departments_and_those_below(office):
    people = crowd(office.station, 3)
    activity = poll(office, participants=Participants.DEPARTMENTS, departments=[office.station])
    vote(activity, people[0], 0)
    results = queries.results_of(activity)
    assert (results.invited, results.ballots) == (3, 1)


def test_the_workbook_of_a_signed_poll_names_voters_and_that_of_an_anonymous_one_none(client, office):
    client.force_login(office.inspector)
    names = {}
    for is_anonymous in (True, False):
        activity = poll(office, is_anonymous=is_anonymous)
        vote(activity, office.staff, 0)
        moves.end(activity, by=office.moderator, note="都投完了")
        answer = client.get(reverse("desk:poll_results_export", args=[activity.pk]))
        book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
        words = [str(cell) for sheet in book for row in sheet.values for cell in row]
        names[is_anonymous] = (book.sheetnames, "干部" in words)
    assert names == {True: (["汇总"], False), False: (["汇总", "记名选票"], True)}


@pytest.mark.parametrize("number", [1, 30])
def test_pages_cost_the_same_however_many_options_and_votes(
    client, office, number, django_assert_max_num_queries
):
    activity = appraisal(office, counts_units=True)
    for person in crowd(office.section, number):
        vote(activity, person, 0)
    client.force_login(office.inspector)
    client.get("/polls/")
    with django_assert_max_num_queries(16):
        client.get(f"/polls/{activity.pk}/")
    moves.end(activity, by=office.moderator, note="都投完了")
    with django_assert_max_num_queries(27):
        assert client.get(reverse("desk:poll_results", args=[activity.pk])).status_code == 200


@pytest.mark.parametrize("number", [1, 30])
def test_the_public_list_costs_the_same_however_long(client, office, number, django_assert_max_num_queries):
    for turn in range(number):
        poll(office, title=f"第 {turn} 项", participants=Participants.EVERYONE)
    client.get("/polls/")
    with django_assert_max_num_queries(7):
        page = client.get("/polls/")
    assert len(page.context["listing"].object_list) == min(number, 20)
