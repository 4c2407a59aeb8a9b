"""A planted mistake is found by the check it breaks, and the case is named."""

from datetime import date

import pytest

from disclosure.models import CatalogueEntry, DisclosureRequest, Proceeding
from disclosure.queries.reports import computed
from disclosure.rules.annual_form import FIGURES
from tests.disclosure.reports.conftest import YEAR
from tests.disclosure.reports.kit import entry, request

ENTERED = {one.key: {"value": "0"} for one in FIGURES}


def broken(office) -> dict[str, list[str]]:
    """Key of each check that does not hold → the labels of the cases that break it."""
    return {one.key: [case.label for case in one.odd] for one in computed(office.main, YEAR, ENTERED).failing}


@pytest.fixture
def change():
    """Past the model's own checks, as old data may stand."""

    def make(case, **values):
        DisclosureRequest.objects.filter(pk=case.pk).update(**values)
        return case.code

    return make


def test_answered_before_it_was_received(office, year, change):
    code = change(year.secret, answered_on=date(2025, 3, 1))
    assert broken(office) == {"dated": [code]}


def test_answered_the_year_before_it_was_received_breaks_the_balance(office, year, change):
    code = change(year.secret, answered_on=date(2024, 12, 31))
    found = computed(office.main, YEAR, ENTERED)
    assert broken(office) == {"balance": [code], "dated": [code]}
    assert found.checks[0].detail == "自然人：4＋1≠3＋1；总计：7＋2≠5＋3"


def test_answered_without_a_day_of_receipt(office, year, change):
    code = change(year.firm, received_on=None)
    assert broken(office) == {"balance": [code], "dated": [code]}


def test_received_after_the_year_but_answered_in_it(office, year, change):
    code = change(year.firm, received_on=date(2026, 1, 3))
    assert broken(office) == {"balance": [code], "dated": [code]}


def test_no_kind_of_applicant(office, year, change):
    code = change(year.firm, kind="")
    found = computed(office.main, YEAR, ENTERED)
    assert broken(office) == {"across": [code]}
    assert "一、本年新收政府信息公开申请数量：6≠7" in found.checks[1].detail


def test_no_outcome(office, year, change):
    code = change(year.firm, outcome="")
    assert broken(office) == {"down": [code]}


def test_closed_without_an_answer(office, year, change):
    code = change(year.firm_owed, state="CLOSED")
    assert broken(office) == {"dated": [code]}


def test_figures_that_the_office_has_not_entered(office, year):
    found = computed(office.main, YEAR, {})
    assert [one.key for one in found.failing] == ["entered"]
    assert found.failing[0].detail == "未填：规章本年制发件数、规章本年废止件数、规章现行有效件数等 7 项"


def test_a_document_repealed_on_no_day(office, year):
    one = entry(office, date(2025, 2, 1))
    CatalogueEntry.objects.filter(pk=one.pk).update(validity="REPEALED")
    assert broken(office) == {"documents_dated": [one.title]}


def test_a_proceeding_closed_before_it_was_filed(office, year):
    Proceeding.objects.filter(kind="SUIT", closed_on=date(2025, 2, 1)).update(filed_on=date(2025, 3, 1))
    (number,) = broken(office)["proceedings_dated"]
    assert number == Proceeding.objects.get(filed_on=date(2025, 3, 1)).number


def test_a_year_without_anything_holds(office):
    assert broken(office) == {}
    request(office.main, date(2025, 2, 3))
    assert broken(office) == {}
