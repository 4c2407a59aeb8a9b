"""Sample answers: made by the real operations, whatever the day, each at another place of its way."""

from datetime import timedelta

import pytest

from disclosure.models import Decision, DecisionFile, Proceeding
from portal import clock, presets
from portal.presets import decisions, requests
from tests.disclosure.decisions.conftest import moment

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("today", ["2026-11-26 14:00", "2026-10-09 08:00", "2027-03-01 00:10"])
def test_the_samples_are_played_once_and_show_every_place_of_the_way(jiangsu, today):
    with clock.at(moment(today)):
        with clock.at(clock.now() - timedelta(days=74)):
            presets.hire("jiangsu")
        requests.play("jiangsu")
        decisions.play("jiangsu")
        decisions.play("jiangsu")
    told = Decision.objects.order_by("outcome", "pk").values_list("outcome", "state", "request__state")
    assert list(told) == [
        ("OPEN", "SENT", "ANSWERED"), ("PARTLY", "SENT", "CLOSED"), ("PARTLY", "IN_REVIEW", "IN_REVIEW"),
        ("PETITION", "RETURNED", "IN_HAND"), ("PROCESS", "SENT", "CLOSED"),
    ]  # fmt: skip
    assert [(str(one), one.request.outcome) for one in Proceeding.objects.all()] == [
        ("行政复议：结果维持", "PROCESS")
    ]
    assert [one.is_unfinished for one in DecisionFile.objects.all()] == [False, False]
