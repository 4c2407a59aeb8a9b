"""The sample comments, contributions and questions refer to things that exist, and could have happened so."""

from functools import cache
from typing import Any

import pytest
import yaml

from portal.presets import source
from tests.presets.test_news_data import PRESET, news

SITES = ["fenju", "beiqiao", "nanhu", "xiyuan"]


@cache
def load(name: str) -> dict[str, Any]:
    return yaml.safe_load((PRESET / name).read_text(encoding="utf-8"))


def columns() -> dict[str, dict[str, Any]]:
    mains = load("columns.yaml")["template"]
    return {one["key"]: one for main in mains for one in (main, *main["children"])}


def people() -> set[str]:
    return {one["staff_number"] for one in load("demo/people.yaml")["people"]}


def collects(person: str, site: str) -> bool:
    roles = {one["key"]: one["powers"] for one in load("roles.yaml")["roles"]}
    grants = next(one for one in load("demo/people.yaml")["people"] if one["staff_number"] == person)[
        "appointments"
    ]
    held = [one for one in grants if (one["sites"] == "*" or site in one["sites"]) and "columns" not in one]
    return any("collect" in roles[one["role"]] for one in held)


@pytest.mark.parametrize("name", ["comments.yaml", "contributions.yaml", "questions.yaml"])
def test_the_files_are_as_the_schema_says(name):
    assert source.read_file(PRESET / "demo" / name, name)


def test_business_exchange_takes_comments_and_two_main_columns_take_contributions():
    """办法第十四条第2项."""
    assert [key for key, one in columns().items() if one.get("takes_comments")] == [
        "zhucechuangkou", "jianguanqianyan", "zhifazaixian", "fazhiyuandi",
    ]  # fmt: skip
    assert [key for key, one in columns().items() if one.get("takes_contributions")] == [
        "zhucechuangkou", "jianguanqianyan", "zhifazaixian", "jiaoyupeixun", "lianzhengzhisheng", "dangjiangongzuo",
        "xianjindianxing", "wenmingchuangjian",
    ]  # fmt: skip


def test_the_garden_of_law_is_the_column_of_questions():
    """附件一: 互动栏目，就业务工作中遇到的一些法律问题提出疑问相关人员提供答复."""
    assert [key for key, one in columns().items() if one["kind"] == "QUESTIONS"] == ["fazhiyuandi"]


def test_user_items_are_settled_in_two_working_days_by_article_fifteen():
    row = next(one for one in load("parameters.yaml")["parameters"] if one["key"] == "user_items_days")
    assert (row["value"], row["unit"], row["clause"]) == (2, "工作日", "办法第十五条")


def test_comments_stand_under_texts_that_were_published_before():
    for row in load("demo/comments.yaml")["comments"]:
        item = next(one for one in news(row["site"]) if one["title"] == row["article"])
        assert columns()[item["column"]].get("takes_comments") is True
        assert item.get("upto", "publish") == "publish"
        for said in row["said"]:
            assert said["who"] in people()
            assert said["days"] < item["days_ago"], said["text"]


def test_what_was_kept_back_says_why():
    said = [one for row in load("demo/comments.yaml")["comments"] for one in row["said"]]
    said += [one for row in load("demo/questions.yaml")["questions"] for one in row.get("discussion", [])]
    assert {one["upto"] for one in said} == {"publish", "pending", "refuse", "withdraw"}
    assert [one["text"] for one in said if (one["upto"] in ("refuse", "withdraw")) != ("reason" in one)] == []


def test_contributors_write_for_columns_that_take_texts_and_where_they_do_not_collect():
    rows = load("demo/contributions.yaml")["contributions"]
    assert {row["upto"] for row in rows} == {"submit", "withdraw", "adopt", "publish", "refuse"}
    for row in rows:
        assert columns()[row["column"]].get("takes_contributions") is True
        assert (row["site"] in SITES, collects(row["contributor"], row["site"])) == (True, False)
        assert row.get("done", row["days"]) <= row["days"]


def test_questions_are_answered_after_they_were_asked():
    rows = load("demo/questions.yaml")["questions"]
    assert {row["site"] for row in rows} == set(SITES)
    for row in rows:
        assert row["asker"] in people()
        assert ("answer" in row) == ("answered" in row) == (row["upto"] not in ("ask", "refuse"))
        assert row.get("answered", 0) <= row["asked"]
        assert [one["days"] for one in row.get("discussion", []) if one["days"] > row["answered"]] == []
