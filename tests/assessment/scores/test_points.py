"""From facts to points: every kind by example, and what must hold for any numbers."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.rules.points import Tally, Window, points_for, rounded, ticked

SEPTEMBER = Window(date(2026, 9, 1), date(2026, 9, 30))
FEBRUARY = Window(date(2026, 2, 1), date(2026, 2, 28))
QUARTER = Window(date(2026, 7, 1), date(2026, 9, 30))
MASHAN = {"weekly": 30, "half_monthly": 20, "monthly": 10}


def on(*days: int, month: int = 9) -> Tally:
    found = frozenset(date(2026, month, day) for day in days)
    return Tally(Decimal(len(days)), None, found)


def some(number, of=None) -> Tally:
    return Tally(Decimal(number), None if of is None else Decimal(of))


@pytest.mark.parametrize(
    ("tally", "expected"),
    [
        (on(7, 8, 15, 22), 30),
        (on(1, 14, 21, 30), 30),
        (on(1, 14, 21), 20),
        (on(15, 16), 20),
        (on(1, 7, 15), 10),
        (on(16, 22, 30), 10),
        (on(), 0),
    ],
)
def test_rhythm_of_a_month_by_its_parts_and_halves(tally, expected):
    assert points_for("RHYTHM", MASHAN, Decimal(30), tally, SEPTEMBER) == expected


def test_rhythm_asks_for_so_many_days_in_each_part():
    twice = MASHAN | {"times": 2}
    assert points_for("RHYTHM", twice, None, on(1, 2, 8, 9, 15, 16, 22, 23), SEPTEMBER) == 30
    assert points_for("RHYTHM", twice, None, on(1, 2, 8, 9, 15, 16, 22), SEPTEMBER) == 20


def test_rhythm_of_several_months_is_their_mean():
    days = on(1, 8, 15, 22).days | on(1, month=8).days
    assert points_for("RHYTHM", MASHAN, None, Tally(Decimal(5), None, days), QUARTER) == Decimal("13.33")


def test_rhythm_of_february_ends_with_the_28th():
    assert points_for("RHYTHM", MASHAN, None, on(1, 8, 15, 28, month=2), FEBRUARY) == 30


@pytest.mark.parametrize(
    ("kind", "said", "most", "tally", "expected"),
    [
        ("COUNTED", {"per_item": 6}, None, some(5), "30.00"),
        ("COUNTED", {"per_item": 6}, "20", some(5), "20.00"),
        ("COUNTED", {"per_item": 0.5}, None, some(3), "1.50"),
        ("BANDED", {"bands": [[20, 50], [10, 25]]}, None, some(20), "50.00"),
        ("BANDED", {"bands": [[20, 50], [10, 25]]}, None, some(19), "25.00"),
        ("BANDED", {"bands": [[20, 50], [10, 25]]}, None, some(9), "0.00"),
        ("DEDUCTED", {"per_item": 0.1}, "1", some(3), "0.70"),
        ("DEDUCTED", {"per_item": 5}, "10", some(3), "0.00"),
        ("RATIO", {}, "20", some(2, 3), "13.33"),
        ("RATIO", {}, "20", some(0, 0), "20.00"),
        ("RATIO", {"when_none": "zero"}, "20", some(0, 0), "0.00"),
        ("VOTE", {}, "20", some(5, 8), "12.50"),
    ],
)
def test_every_kind_by_example(kind, said, most, tally, expected):
    most = None if most is None else Decimal(most)
    assert points_for(kind, said, most, tally, SEPTEMBER) == Decimal(expected)


def test_people_say_checklists_and_opinions_and_too_few_votes_say_nothing():
    items = {"items": [{"key": "a", "label": "甲", "points": 10}, {"key": "b", "label": "乙", "points": 5}]}
    assert points_for("CHECKLIST", items, Decimal(15), some(9), SEPTEMBER) is None
    assert points_for("MANUAL", {}, Decimal(10), some(9), SEPTEMBER) is None
    assert points_for("VOTE", {"least_votes": 3}, Decimal(20), some(2, 2), SEPTEMBER) is None
    assert ticked(items, ["a", "none of them"]) == 10


def test_an_unknown_kind_is_an_error():
    with pytest.raises(ValueError, match="GUESSED"):
        points_for("GUESSED", {}, None, some(1), SEPTEMBER)


def test_halves_go_up():
    assert [rounded(value) for value in ("2.345", "2.344", "0.005")] == [
        Decimal("2.35"), Decimal("2.34"), Decimal("0.01"),
    ]  # fmt: skip


numbers = st.integers(0, 10_000).map(Decimal)
marks = st.decimals(0, 1000, places=2)


@given(numbers, numbers, st.decimals(0, 100, places=2), marks)
def test_more_items_never_give_less_and_never_more_than_the_most(less, more, per_item, most):
    less, more = sorted([less, more])
    settings = {"per_item": per_item}
    few, many = (points_for("COUNTED", settings, most, some(n), SEPTEMBER) for n in (less, more))
    assert 0 <= few <= many <= rounded(most)


@given(numbers, st.decimals(0, 100, places=2), marks)
def test_deductions_stay_between_nothing_and_full_marks(n, per_item, most):
    assert 0 <= points_for("DEDUCTED", {"per_item": per_item}, most, some(n), SEPTEMBER) <= rounded(most)


@given(numbers, numbers, marks)
def test_a_ratio_stays_between_nothing_and_full_marks(n, of, most):
    assert 0 <= points_for("RATIO", {}, most, some(n, of), SEPTEMBER) <= rounded(most)


@given(st.frozensets(st.integers(0, 29)), st.integers(0, 29))
def test_another_day_of_updates_never_costs_points(days, one_more):
    def worth(found):
        dates = frozenset(SEPTEMBER.starts_on + timedelta(days=n) for n in found)
        return points_for("RHYTHM", MASHAN, Decimal(30), Tally(Decimal(len(found)), None, dates), SEPTEMBER)

    assert worth(days) in (0, 10, 20, 30)
    assert worth(days | {one_more}) >= worth(days)


@given(numbers, numbers)
def test_tallies_of_departments_add_up(one, other):
    added = some(one, 5) + some(other)
    assert (added.number, added.of) == (one + other, 5)
