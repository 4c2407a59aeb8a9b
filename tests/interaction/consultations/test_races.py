"""Many at once, on threads with connections of their own: every opinion is kept once, under a number of its own."""

import pytest

from interaction.enums.consultations import Outcome
from interaction.models import Activity, Opinion
from interaction.operations import opinion_decisions, opinions
from interaction.operations.opinions import Draft
from portal.models import User
from tests.interaction.consultations.conftest import close, make
from tests.races import RACING, at_once, fresh, one_won

pytestmark = RACING


@pytest.fixture
def activity(office) -> Activity:
    return make(office)


def sending(activity: Activity, nonce: str, text: str = "建议免费配秤"):
    return lambda: opinions.send(fresh(activity), Draft(text=text), nonce=nonce)


def test_a_double_click_is_one_opinion_with_one_receipt(activity):
    first, second = at_once(sending(activity, "a" * 32), sending(activity, "a" * 32))
    assert (first.code, first.opinion) == (second.code, second.opinion)
    assert Opinion.objects.count() == 1


def test_two_at_the_same_moment_have_two_numbers(activity):
    at_once(sending(activity, "a" * 32, "一"), sending(activity, "b" * 32, "二"))
    assert sorted(Opinion.objects.values_list("number", flat=True)) == [1, 2]


def test_of_two_who_decide_what_they_looked_at_one_is_too_late(activity, office):
    one = sending(activity, "a" * 32)().opinion
    close(activity)

    def deciding(person: User, outcome: Outcome):
        return lambda: opinion_decisions.decide(
            fresh(one), outcome, reason="理由", by=fresh(person), version=one.version
        )

    results = at_once(
        deciding(office.collector, Outcome.ADOPTED), deciding(office.moderator, Outcome.DECLINED)
    )
    assert one_won(results).outcome == fresh(one).outcome
