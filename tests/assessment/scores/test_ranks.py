"""Places and prizes, ties included."""

from decimal import Decimal

import pytest

from assessment.rules.ranks import Standing, fails, placed, prize_for

AWARDS = ({"name": "一等奖", "places": 1}, {"name": "二等奖", "places": 2}, {"name": "三等奖", "places": 3})


def standings(*totals, published=()):
    counts = dict(published)
    return [Standing(unit, Decimal(total), counts.get(unit, 0)) for unit, total in enumerate(totals, start=1)]


def test_equal_totals_share_a_place_and_the_next_is_passed_over():
    assert placed(standings(90, 80, 80, 70), "SHARED") == {1: 1, 2: 2, 3: 2, 4: 4}


def test_whoever_published_more_goes_first_where_the_scheme_says_so():
    rows = standings(90, 80, 80, 80, published=[(2, 3), (3, 9), (4, 3)])
    assert placed(rows, "FIRST_COME") == {1: 1, 3: 2, 2: 3, 4: 3}


@pytest.mark.parametrize(
    ("place", "prize"),
    [(1, "一等奖"), (2, "二等奖"), (3, "二等奖"), (4, "三等奖"), (6, "三等奖"), (7, "")],
)
def test_six_prizes_go_to_the_first_six(place, prize):
    assert prize_for(place, Decimal(80), AWARDS, Decimal(60)) == prize


def test_two_in_first_place_both_get_the_first_prize_and_one_second_is_left():
    places = placed(standings(90, 90, 80, 70), "SHARED")
    assert [prize_for(places[unit], Decimal(70), AWARDS, None) for unit in (1, 2, 3, 4)] == [
        "一等奖", "一等奖", "二等奖", "三等奖",
    ]  # fmt: skip


def test_nobody_is_praised_for_nothing_or_below_the_pass_mark():
    assert prize_for(1, Decimal(0), AWARDS, None) == ""
    assert prize_for(1, Decimal("59.99"), AWARDS, Decimal(60)) == ""
    assert (fails(Decimal("59.99"), Decimal(60)), fails(Decimal(60), Decimal(60)), fails(Decimal(0), None)) == (
        True, False, False,
    )  # fmt: skip
