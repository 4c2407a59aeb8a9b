"""`authorisations`: who may do what, or could on a past day; whether the copy is the ledger."""

import json

import pytest
from django.core.management import CommandError, call_command

from columns import operations
from portal import clock
from portal import operations as portal_operations
from tests.columns.conftest import day, moment

pytestmark = pytest.mark.django_db

NOW = moment("2026-10-01T09:00")


@pytest.fixture
def told(capsys):
    """`told("--user", "xinren")` gives the lines it printed on 2026-10-01 at nine."""

    def run(*arguments: str) -> list[str]:
        with clock.at(NOW):
            call_command("authorisations", *arguments)
        return capsys.readouterr().out.splitlines()

    return run


@pytest.fixture
def past(office, grant):
    """新人 was 版主 of 工作动态 from 2026-03-01 to 2026-09-10, ten o'clock each."""
    with clock.at(moment("2026-03-01T10:00")):
        row = grant(column=office.trends)
    with clock.at(moment("2026-09-10T10:00")):
        return operations.revoke(row, by=office.granter, note="轮岗")


@pytest.fixture
def delegated(office, newcomer):
    """新人 acts for the collector from 2026-09-28 through 2026-10-09."""
    office.section.head = office.head_person
    portal_operations.save_department(office.section, by=office.system)
    with clock.at(moment("2026-09-20T10:00")):
        return operations.name_acting(
            office.collector,
            newcomer,
            day("2026-09-28"),
            day("2026-10-09"),
            by=office.head_person,
            reason="出差",
        )


def test_each_line_says_who_what_where_by_what_and_since_when(told, office):
    assert told("--user", "collector") == [
        "collector 信息员 采集 城东分局基层信息网全站 信息员 自 2020-01-02 不定期",
        "collector 信息员 采集 北桥工商所全站 信息员 自 2020-01-02 不定期",
    ]


def test_without_a_person_everybody_is_told(told, office):
    numbers = {line.split()[0] for line in told()}
    assert numbers == {
        "collector", "head", "moderator", "signer", "inspector", "granter", "security", "auditor", "chief"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("at", "count"),
    [("2026-02-28", 0), ("2026-03-01", 3), ("2026-09-09", 3), ("2026-09-10", 0), ("2026-09-10T09:59", 3),
     ("2026-09-10T10:00", 0), ("2026-09-10T01:59:00+00:00", 3)],
)  # fmt: skip
def test_a_past_day_is_its_close_and_a_moment_is_a_moment(told, past, at, count):
    assert len(told("--user", "xinren", "--at", at)) == count


def test_under_a_delegation_the_principal_is_named(told, delegated):
    assert told("--user", "xinren", "--at", "2026-09-27") == []
    assert told("--user", "xinren")[0] == (
        "xinren 新人（代信息员） 采集 城东分局基层信息网全站 信息员（代理） 自 2026-09-28 至 2026-10-09"
    )


def test_json_is_one_list_with_keys_that_do_not_change(told, delegated):
    rows = json.loads("".join(told("--user", "xinren", "--format", "json")))
    assert rows[0] == {
        "user": "xinren", "power": "collect", "site": "fenju", "column": None, "via": "信息员（代理）",
        "granted_on": "2026-09-28", "ends_on": "2026-10-09", "acting_for": "collector",
    }  # fmt: skip
    assert json.loads("".join(told("--user", "staff", "--format", "json"))) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--user", "nobody"), "没有工号 nobody"),
        (("--at", "昨天"), "“昨天”不是日期或时刻，写法如 2026-09-30"),
        (("--at", "2026-02-30"), "“2026-02-30”不是日期或时刻"),
        (("--format", "xml"), "xml"),
    ],
)
def test_wrong_words_are_answered_in_words(told, office, arguments, message):
    with pytest.raises(CommandError, match=message):
        told(*arguments)


def test_the_check_is_quiet_where_copy_and_ledger_are_equal(told, past):
    assert told("--check") == ["权限行与档案一致"]


@pytest.mark.parametrize("ahead", ["2026-10-02", "2026-10-01T09:01"])
def test_the_future_is_not_answered_as_if_it_were_now(told, office, ahead):
    with pytest.raises(CommandError, match="还没有到：档案只答今天和以前"):
        told("--at", ahead)
