"""The sample news of the four sites is complete, and refers only to things that exist."""

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

PRESET = Path(__file__).parents[2] / "presets" / "jiangsu"
SITES = ["fenju", "beiqiao", "nanhu", "xiyuan"]
REQUIRED = {"column", "title", "author", "department", "collector", "days_ago", "body"}
OPTIONAL = {"cover", "headline", "upto"}

# 实施意见二：原则上每个子栏目的信息不少于5条。
FEWEST_ITEMS = 5

every_site = pytest.mark.parametrize("site", SITES)


@cache
def load(name: str) -> dict[str, Any]:
    return yaml.safe_load((PRESET / name).read_text(encoding="utf-8"))


def news(site: str) -> list[dict[str, Any]]:
    return load(f"demo/news/{site}.yaml")["items"]


def leaf_columns() -> dict[str, str]:
    """The kind, ARTICLES or PAGE, of every column that may hold items."""
    return {
        column["key"]: column["kind"]
        for main in load("columns.yaml")["template"]
        for column in (main["children"] or [main])
    }


def pictures() -> set[str]:
    readme = (PRESET / "demo" / "pictures" / "README.md").read_text(encoding="utf-8")
    return set(re.findall(r"`([a-z-]+\.jpg)`", readme))


def collectors(site: str) -> set[str]:
    """Staff numbers of those appointed to the site."""
    return {
        person["staff_number"]
        for person in load("demo/people.yaml")["people"]
        for appointment in person["appointments"]
        if appointment["sites"] == "*" or site in appointment["sites"]
    }


@every_site
def test_items_have_the_agreed_fields(site: str) -> None:
    odd = [i for i in news(site) if not REQUIRED <= set(i) <= REQUIRED | OPTIONAL]
    assert odd == []


@every_site
def test_items_refer_to_known_columns_departments_and_people(site: str) -> None:
    departments = {d["key"] for d in load("departments.yaml")["departments"]}
    items = news(site)
    assert {i["column"] for i in items} - set(leaf_columns()) == set()
    assert {i["department"] for i in items} - departments == set()
    assert {i["collector"] for i in items} - collectors(site) == set()


@every_site
def test_titles_are_unique_and_fit_one_line(site: str) -> None:
    titles = [i["title"] for i in news(site)]
    assert [t for t, count in Counter(titles).items() if count > 1] == []
    assert [t for t in titles if not 8 <= len(t) <= 28] == []


@every_site
def test_items_fall_within_the_last_two_months(site: str) -> None:
    assert [i["title"] for i in news(site) if i["days_ago"] not in range(61)] == []


@every_site
def test_covers_are_listed_sample_pictures(site: str) -> None:
    assert {i["cover"] for i in news(site) if "cover" in i} - pictures() == set()


@every_site
def test_bodies_are_plain_chinese_paragraphs(site: str) -> None:
    paragraphs = [p for i in news(site) for p in i["body"]]
    assert [p for p in paragraphs if re.search(r"[<>,;?!]|\d{7,}", p)] == []
    assert [i["title"] for i in news(site) if not i["body"] or not all(i["body"])] == []


@every_site
def test_page_columns_hold_one_text_each(site: str) -> None:
    counts = Counter(i["column"] for i in news(site))
    pages = [key for key, kind in leaf_columns().items() if kind == "PAGE"]
    assert {key: counts[key] for key in pages} == dict.fromkeys(pages, 1)


def test_every_list_of_the_main_site_has_enough_items() -> None:
    counts = Counter(i["column"] for i in news("fenju"))
    lists = [key for key, kind in leaf_columns().items() if kind == "ARTICLES"]
    assert [key for key in lists if counts[key] < FEWEST_ITEMS] == []


def test_the_main_site_has_three_headlines_among_its_leading_news() -> None:
    columns = [i["column"] for i in news("fenju") if i.get("headline")]
    assert columns == ["yaowenbaodao"] * 3
