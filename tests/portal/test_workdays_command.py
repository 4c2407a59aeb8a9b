"""`workdays START N`: the promise that people and scripts rely on."""

import json

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def run(capsys, *args: str) -> str:
    call_command("workdays", *args)
    return capsys.readouterr().out


def test_json_is_one_document_with_the_promised_keys(capsys):
    assert json.loads(run(capsys, "2026-09-30", "3", "--format", "json")) == {
        "start": "2026-09-30",
        "days": 3,
        "due": "2026-10-10",
        "estimated": False,
        "skipped": [{"date": f"2026-10-0{day}", "why": "国庆节"} for day in range(1, 8)],
        "made_up": ["2026-10-10"],
    }


def test_text_says_the_date_and_every_skipped_day(capsys):
    assert run(capsys, "2026-10-10", "1").splitlines() == [
        "2026年10月10日起算，1个工作日，周末不计，10月12日到期",
        "  2026-10-11 不计：周日",
    ]


def test_estimate_is_marked_in_both_forms(capsys):
    assert json.loads(run(capsys, "2027-03-01", "1", "--format", "json"))["estimated"] is True
    assert run(capsys, "2027-03-01", "1") == "2027年3月1日起算，1个工作日，3月2日到期（暂按周末推算）\n"


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("2026-02-30", "3"), "起算日“2026-02-30”不是有效的日期，请写成 2026-09-30 的样子"),
        (("昨天", "3"), "起算日“昨天”不是有效的日期，请写成 2026-09-30 的样子"),
        (("2026-09-30", "三"), "工作日数“三”不是整数"),
        (("2026-09-30", "-1"), "工作日数须在 0 至 5000 之间，不能是 -1"),
        (("2100-12-31", "1"), "没有 2101 年的工作日历"),
        (("9999-12-31", "1"), "没有 9999 年的工作日历"),
    ],
)
def test_bad_input_is_refused_in_chinese_and_prints_nothing(capsys, args, message):
    with pytest.raises(CommandError) as refusal:
        call_command("workdays", *args, "--format", "json")

    assert str(refusal.value) == message
    assert capsys.readouterr().out == ""
