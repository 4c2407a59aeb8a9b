"""Counting against floods: so many in a stretch, counted in the database, without addresses in the clear."""

from datetime import UTC, datetime, timedelta

import pytest

from portal import clock, rates
from portal.models import Tally

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 9, 30, 4, tzinfo=UTC)


def test_allow_lets_so_many_through_in_a_stretch_and_more_in_the_next():
    with clock.at(NOON):
        assert [rates.allow("letters|10.0.0.1", most=2, seconds=60) for _ in range(4)] == [
            True,
            True,
            False,
            False,
        ]
        assert rates.allow("letters|10.0.0.2", most=2, seconds=60)
    with clock.at(NOON + timedelta(seconds=60)):
        assert rates.allow("letters|10.0.0.1", most=2, seconds=60)


def test_allow_keeps_no_address():
    rates.allow("letters|10.0.0.1", most=2, seconds=60)

    assert "10.0.0.1" not in Tally.objects.get().key


def test_forget_tallies_drops_what_is_over():
    with clock.at(NOON):
        rates.allow("a", most=2, seconds=60)
        assert rates.forget_tallies() == 0
    with clock.at(NOON + timedelta(minutes=2)):
        assert rates.forget_tallies() == 1
        assert rates.forget_tallies() == 0
