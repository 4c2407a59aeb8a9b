"""The year 2025 as counted by hand, and every number of it opens the cases it counts."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from disclosure.enums.decisions import Outcome
from disclosure.enums.requests import ApplicantKind
from disclosure.queries import annual
from disclosure.queries.reports import cases_now, computed
from disclosure.rules import annual_tables
from disclosure.rules.annual_form import FIGURES
from tests.disclosure.reports.conftest import YEAR
from tests.disclosure.reports.kit import request

#                      自然人 企业 科研 公益 法律 其他 总计
BY_HAND = {
    "received":       [4, 2, 0, 0, 1, 0, 7],
    "carried_in":     [1, 0, 1, 0, 0, 0, 2],
    "open":           [1, 0, 0, 0, 0, 0, 1],
    "partly":         [1, 0, 0, 0, 0, 0, 1],
    "state_secret":   [1, 0, 0, 0, 0, 0, 1],
    "not_held":       [0, 0, 1, 0, 0, 0, 1],
    "repeated":       [0, 1, 0, 0, 0, 0, 1],
    "other":          [1, 0, 0, 0, 0, 0, 1],
    "handled":        [4, 1, 1, 0, 0, 0, 6],
    "carried_out":    [1, 1, 0, 0, 1, 0, 3],
}  # fmt: skip
STATUTORY_ORDER = [
    "received", "carried_in", "open", "partly", "state_secret", "forbidden", "safety", "third_party", "internal",
    "process", "enforcement", "enquiry", "not_held", "not_made", "unclear", "petition", "repeated", "publication",
    "excessive", "confirmation", "not_corrected", "not_paid", "other", "handled", "carried_out",
]  # fmt: skip


def rows(table) -> dict[str, list]:
    return {row.key: list(row.values) for row in table.rows if not row.is_heading}


def test_the_third_table_is_the_one_counted_by_hand(office, year):
    nothing = [0] * 7
    expected = {key: BY_HAND.get(key, nothing) for key in STATUTORY_ORDER}
    assert rows(computed(office.main, YEAR, {}).tables.requests) == expected
    assert list(rows(computed(office.main, YEAR, {}).tables.requests)) == STATUTORY_ORDER


def test_the_fourth_table_counts_results_by_the_year_of_closing_and_what_was_pending_at_its_end(office, year):
    assert rows(computed(office.main, YEAR, {}).tables.proceedings) == {
        "REVIEW": [1, 1, 0, 0, 2],
        "SUIT": [0, 0, 1, 0, 1],
        "SUIT_AFTER_REVIEW": [0, 0, 0, 1, 1],
    }


def test_the_second_table_counts_normative_documents_and_takes_the_rest_from_the_office(office, year):
    entered = {"licences_decided": {"value": "31"}, "charges_charged": {"value": "12.50"}}
    found = rows(computed(office.main, YEAR, entered).tables.proactive)
    assert found["normative"] == [2, 1, 3, None, None]
    assert found["licences"] == [None, None, None, 31, None]
    assert found["charges"][-1] == pytest.approx(12.5)
    assert found["rules"] == [None] * 5


def test_all_sums_hold_of_a_sound_year(office, year):
    entered = {one.key: {"value": "0"} for one in FIGURES}
    found = computed(office.main, YEAR, entered)
    assert [one.key for one in found.checks if not one.holds] == []
    assert found.checks[0].detail == "总计：7＋2＝6＋3"


def test_every_number_opens_exactly_the_cases_it_counts(office, year):
    tables = computed(office.main, YEAR, {}).tables
    for number, table in ((3, tables.requests), (4, tables.proceedings)):
        for row in table.rows:
            for key, value in zip(table.keys, row.values, strict=not row.is_heading):
                cases = cases_now(office.main, YEAR, number, row.key, key)
                assert (row.key, key, cases.count()) == (row.key, key, value)
    for key, value in annual.normative_facts(office.main, YEAR).items():
        assert cases_now(office.main, YEAR, 2, "normative", key).count() == value


@pytest.mark.parametrize("kind", ApplicantKind.values)
def test_every_outcome_of_every_kind_of_applicant_has_its_cell(office, kind):
    cases = {
        one: request(office.main, date(2025, 2, 3), date(2025, 2, 20), one, kind) for one in Outcome.values
    }
    table = computed(office.main, YEAR, {}).tables.requests
    place = list(ApplicantKind.values).index(kind)
    for outcome, case in cases.items():
        assert list(table.row(outcome.lower()).values) == [int(n in (place, 6)) for n in range(7)]
        assert list(cases_now(office.main, YEAR, 3, outcome.lower(), kind)) == [case]
    everything = [len(cases) * (n in (place, 6)) for n in range(7)]
    assert [list(table.row(key).values) for key in ("received", "handled")] == [everything, everything]


def test_the_end_of_the_year_counts_even_when_it_is_asked_later(office, year):
    year.firm_owed.answered_on, year.firm_owed.outcome = date(2026, 1, 11), "OPEN"
    year.firm_owed.state = "ANSWERED"
    year.firm_owed.save()
    assert rows(computed(office.main, YEAR, {}).tables.requests)["carried_out"] == BY_HAND["carried_out"]
    assert rows(computed(office.main, 2026, {}).tables.requests)["carried_in"] == BY_HAND["carried_out"]


def test_three_tables_take_few_queries_however_many_requests(office, year, django_assert_num_queries):
    for _ in range(30):
        request(office.main, date(2025, 2, 3), date(2025, 2, 20), "OPEN")
    with django_assert_num_queries(7):  # three tables, last year's report, three looks for what is odd
        computed(office.main, YEAR, {})


def test_a_table_that_was_kept_reads_the_same(office, year):
    tables = computed(office.main, YEAR, {"charges_charged": {"value": "12.5"}}).tables
    assert annual_tables.Table.read(json.loads(json.dumps(tables.proactive.kept()))) == tables.proactive
    assert annual_tables.Table.read(json.loads(json.dumps(tables.requests.kept()))) == tables.requests


def test_the_command_prints_the_tables_with_their_checks(office, year):
    out = StringIO()
    call_command("annual_report", year=YEAR, format="json", stdout=out)
    said = json.loads(out.getvalue())
    assert (said["year"], sorted(said["tables"])) == (YEAR, ["2", "3", "4"])
    third = said["tables"]["3"]
    assert third["columns"] == [
        "自然人",
        "商业企业",
        "科研机构",
        "社会公益组织",
        "法律服务机构",
        "其他",
        "总计",
    ]
    assert {row["key"]: row["values"] for row in third["rows"]}["received"] == BY_HAND["received"]
    secret = next(row for row in third["rows"] if row["key"] == "state_secret")
    assert secret["path"] == ["三、本年度办理结果", "（三）不予公开"]
    assert {"rule", "holds", "detail"} <= said["checks"][0].keys()


def test_the_command_speaks_to_people_too_and_refuses_what_is_not_there(office, year):
    out = StringIO()
    call_command("annual_report", year=YEAR, stdout=out)
    assert "一、本年新收政府信息公开申请数量　4 2 0 0 1 0 7" in out.getvalue()
    with pytest.raises(CommandError, match="没有 2027 年的报告"):
        call_command("annual_report", year=2027)
    with pytest.raises(CommandError, match="没有站点“xibu”"):
        call_command("annual_report", year=YEAR, site="xibu")
