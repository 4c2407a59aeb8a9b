"""Votes and sheets at the same instant, on threads with connections of their own: one person counts once.

On SQLite the tests run on a database file with the options of `make run`; on PostgreSQL as they are.
"""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from interaction.enums.activities import Participants
from interaction.models import Activity, Ballot, BallotChoice, SurveySheet, VoterMark
from interaction.operations import activity_moves as moves
from interaction.operations import ballots
from interaction.operations.ballots import AlreadyVoted
from portal import audit
from tests.interaction.poll_kit import after, crowd, poll, typed, vote
from tests.interaction.survey_kit import answer, survey
from tests.races import RACING, at_once

pytestmark = RACING
ROUNDS = range(3)


@pytest.mark.parametrize("turn", ROUNDS)
def test_two_browsers_at_the_same_instant_count_once(turn, office):
    activity = poll(office)
    results = at_once(*[lambda place=place: vote(activity, office.staff, place) for place in (0, 1, 2)])
    assert sorted(type(one).__name__ for one in results) == ["AlreadyVoted", "AlreadyVoted", "NoneType"]
    assert (VoterMark.objects.count(), Ballot.objects.count(), BallotChoice.objects.count()) == (1, 1, 1)


def test_two_windows_of_one_person_both_find_the_same_friendly_page(office):
    activity = poll(office)
    data = typed(activity, 0)

    def press() -> Callable[[], tuple]:
        browser = Client()
        browser.force_login(office.staff)
        address = reverse("poll_vote", args=[activity.pk])
        return lambda: (answer := browser.post(address, data)).status_code and answer.headers["Location"]

    assert at_once(press(), press()) == [f"/polls/{activity.pk}/"] * 2
    assert Ballot.objects.count() == 1


def test_many_people_at_once_all_count(office):
    activity = poll(office)
    people = crowd(office.section, 8)
    assert at_once(*[lambda one=one: vote(activity, one, 0) for one in people]) == [None] * 8
    assert (VoterMark.objects.count(), Ballot.objects.count()) == (8, 8)


def test_two_sweeps_at_once_mix_the_ballots_once_and_lose_none(office):
    activity = poll(office)
    for person in crowd(office.section, 6):
        vote(activity, person, 0)
    moves.end(activity, by=office.moderator, note="都投完了")
    assert sorted(at_once(ballots.close_polls, ballots.close_polls)) == [0, 1]
    assert (VoterMark.objects.count(), BallotChoice.objects.count()) == (6, 6)
    assert Activity.objects.get().poll.invited == 16
    assert audit.verify().reason == ""


def test_the_constraint_alone_keeps_a_second_mark_out(office):
    activity = poll(office)
    vote(activity, office.staff, 0)
    with pytest.raises(AlreadyVoted):
        vote(activity, office.staff, 0)
    with after(activity):
        assert ballots.close_polls() == 1


def test_a_form_sent_twice_at_once_is_one_sheet_and_one_person_answers_once(office):
    activity = survey(office)
    results = at_once(*[lambda: answer(activity, None, 1, nonce="1" * 32)] * 3)
    assert (sorted(results), SurveySheet.objects.count()) == ([False, False, True], 1)
    signed = survey(office, is_anonymous=False, participants=Participants.STAFF)
    results = at_once(
        *[lambda one=one: answer(signed, office.staff, 1, nonce=f"{one}" * 32) for one in (2, 3)]
    )
    assert sorted(type(one).__name__ for one in results) == ["AlreadyVoted", "bool"]
    assert signed.sheets.count() == 1
