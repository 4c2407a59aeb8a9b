"""信息处理费 at its boundaries, by case and by page (国办函〔2020〕109号)."""

from decimal import Decimal

import pytest

from disclosure.enums.requests import FeeMode
from disclosure.rules.fees import Band, charge
from tests.disclosure.requests.conftest import CASES, PAGES

CLAUSE = "国办函〔2020〕109号"
BY_CASE = [Band(over, Decimal(price), Decimal(step), every, CLAUSE) for over, price, step, every in CASES]
BY_PAGE = [Band(over, Decimal(price), Decimal(step), every, CLAUSE) for over, price, step, every in PAGES]


@pytest.mark.parametrize(
    ("place", "price"),
    [
        (1, 0), (10, 0), (11, 100), (30, 100), (31, 200), (40, 200), (41, 300), (50, 300), (51, 400), (60, 400),
        (61, 500), (100, 800), (101, 900),
    ],
)  # fmt: skip
def test_a_case_costs_what_its_place_in_the_month_says(place, price):
    assert charge(FeeMode.BY_CASE, 1, BY_CASE, before=place - 1).amount == price


@pytest.mark.parametrize(
    ("pages", "price"),
    [
        (1, 0), (30, 0), (31, 10), (32, 20), (100, 700), (101, 720), (200, 2700), (201, 2740), (202, 2780),
        (1000, 34700),
    ],
)  # fmt: skip
def test_pages_cost_what_the_band_of_each_says(pages, price):
    assert charge(FeeMode.BY_PAGE, pages, BY_PAGE).amount == price


def test_several_cases_in_one_application_cross_the_bands():
    found = charge(FeeMode.BY_CASE, 25, BY_CASE, before=8)
    assert found.amount == 20 * 100 + 3 * 200
    assert found.explained == (
        "本月此前 8 件，本件计 25 件。第 9 至 10 件不收费；第 11 至 30 件每件 100 元，计 2000 元；"
        "第 31 至 33 件每件 200 元，计 600 元。合计 2600 元。依据：国办函〔2020〕109号。"
    )


def test_the_sum_of_single_cases_is_the_sum_of_all():
    alone = sum(charge(FeeMode.BY_CASE, 1, BY_CASE, before=place).amount for place in range(75))
    assert charge(FeeMode.BY_CASE, 75, BY_CASE).amount == alone


def test_pages_are_explained_in_words():
    assert charge(FeeMode.BY_PAGE, 31, BY_PAGE).explained == (
        "共 31 页。第 1 至 30 页不收费；第 31 页每页 10 元，计 10 元。合计 10 元。依据：国办函〔2020〕109号。"
    )


def test_other_bands_give_other_sums_and_none_nothing():
    assert charge(FeeMode.BY_PAGE, 10, [Band(4, Decimal("0.5"))]).amount == Decimal("3.0")
    assert charge(FeeMode.BY_PAGE, 10, []).amount == 0


@pytest.mark.parametrize(
    ("mode", "number", "before"),
    [(FeeMode.NONE, 1, 0), (FeeMode.BY_CASE, 0, 0), (FeeMode.BY_PAGE, -1, 0), (FeeMode.BY_CASE, 1, -1)],
)
def test_numbers_that_cannot_be_are_an_error(mode, number, before):
    with pytest.raises(ValueError, match=str(number)):
        charge(mode, number, BY_CASE, before=before)
