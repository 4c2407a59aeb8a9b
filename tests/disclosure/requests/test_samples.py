"""Sample requests: played once by the real operations, whatever the day, each in another state."""

from datetime import timedelta

import pytest

from disclosure.enums.requests import RequestState
from disclosure.models import DisclosureRequest
from disclosure.queries import request_board
from portal import clock, presets
from portal.presets import requests
from tests.disclosure.requests.conftest import moment


@pytest.mark.parametrize("today", ["2026-11-26 14:00", "2026-10-09 08:00", "2027-03-01 00:10"])
def test_the_samples_are_played_once_and_show_every_state(jiangsu, today):
    with clock.at(moment(today)):
        with clock.at(clock.now() - timedelta(days=74)):
            presets.hire("jiangsu")
        requests.play("jiangsu")
        requests.play("jiangsu")
        states = DisclosureRequest.objects.order_by("state").values_list("state", flat=True)
        late = request_board.late().count()
    assert (list(states), late) == (
        [RequestState.CLOSED, RequestState.CORRECTING, *[RequestState.IN_HAND] * 5, RequestState.SUBMITTED,
         RequestState.UNPAID], 1,
    )  # fmt: skip
    long = DisclosureRequest.objects.get(title="西园农贸市场食品快检结果")
    assert (long.corrections.count(), long.consultings.count(), long.extensions.count()) == (1, 1, 1)
    assert (
        DisclosureRequest.objects.exclude(repeats=None).get().repeats.title == "预付卡经营行政处罚的裁量基准"
    )
