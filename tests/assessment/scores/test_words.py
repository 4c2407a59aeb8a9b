"""How points come about, in words that a hand calculation can follow."""

from datetime import date
from decimal import Decimal

import pytest

from assessment.rules.points import Window
from assessment.rules.schemes import IndicatorRules
from assessment.rules.words import how, reckoning

SEPTEMBER = Window(date(2026, 9, 1), date(2026, 9, 30))
MASHAN = {"weekly": 30, "half_monthly": 20, "monthly": 10}


def one(kind: str, most=None, **said) -> IndicatorRules:
    return IndicatorRules(
        "x", "某项", "", kind, "published", None if most is None else Decimal(most), said, "第三条"
    )


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        (one("COUNTED", per_item=6), "每条 6 分，不封顶"),
        (one("COUNTED", 30, per_item=0.5), "每条 0.5 分，最多 30 分"),
        (one("BANDED", 50, bands=[[20, 50]]), "20 条以上记 50 分"),
        (one("DEDUCTED", 10, per_item=5), "满分 10 分，每条扣 5 分，扣完为止"),
        (one("RATIO", 20), "20 分 × 比例；没有应办的记满分"),
        (one("RATIO", 0), "只列出比例，不计分"),
        (one("MANUAL", 40), "由考核人核定，最高 40 分"),
        (
            one("RHYTHM", 50, weekly=50, half_monthly=0, monthly=0, times=2),
            "四段（1–7、8–14、15–21、22–月末）每段有不少于 2 天更新记 50 分；否则记 0 分",
        ),
    ],
)
def test_how_an_indicator_counts(rules, words):
    assert how(rules, "条") == words


@pytest.mark.parametrize(
    ("rules", "facts", "words"),
    [
        (one("COUNTED", per_item=6), {"number": "5"}, "5 条 × 6 分 = 30 分"),
        (one("COUNTED", 20, per_item=6), {"number": "5"}, "5 条 × 6 分 = 30 分，按最高 20 分计"),
        (one("DEDUCTED", 10, per_item=5), {"number": "3"}, "10 分 − 3 条 × 5 分（扣 10 分）"),
        (one("RATIO", 20), {"number": "2", "of": "3"}, "2 ÷ 3 条"),
        (one("RATIO", 20), {"number": "0", "of": "0"}, "期内没有应计的"),
        (one("MANUAL", 20), {}, ""),
        (
            one("RHYTHM", 30, **MASHAN),
            {"number": "2", "days": ["2026-09-03", "2026-09-20"]},
            "1–7 日 1 天，8–14 日 0 天，15–21 日 1 天，22–30 日 0 天；1–15 日 1 天，16–30 日 1 天",
        ),
        (one("COUNTED", per_item=6), {"rounds": [[1, "2026年1月", "46.00"]]}, "2026年1月 46 分"),
    ],
)
def test_how_a_figure_came_about(rules, facts, words):
    assert reckoning(rules, facts, SEPTEMBER, "条") == words
