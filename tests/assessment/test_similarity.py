"""Whether a text repeats an earlier one: pure rules over fingerprints."""

from datetime import date

import pytest

from assessment.enums.facts import Verdict
from assessment.rules.similarity import Measure, Print, distance, is_numbered, shape, title_key, verdict

MEASURE = Measure(bits=8, split_days=1)
LONG = "分局召开第四季度信息工作例会，通报各所信息报送情况，部署年底前的重点工作。" * 4
OTHER = "北桥所在辖区集贸市场开展计量器具专项检查，抽查电子秤三十余台，当场责令改正两户。" * 4


def a_print(pk: int, text: str, *, title="例会召开", on=date(2026, 9, 10), unit=1, site=1) -> Print:
    return Print(pk, on, unit, site, title_key(title), shape(text), len(text))


@pytest.mark.parametrize(
    ("title", "key", "numbered"),
    [
        ("工作简报（一）", "工作简报", True),
        ("工作简报(2)", "工作简报", True),
        ("工作简报之三", "工作简报", True),
        ("工作简报（续）", "工作简报", True),
        ("关于“两节”值班的通知", "关于两节值班的通知", False),
        ("第3期工作简报", "第3期工作简报", False),
    ],
)
def test_title_without_its_numbering(title, key, numbered):
    assert (title_key(title), is_numbered(title)) == (key, numbered)


def test_shape_changes_little_with_few_words_and_much_with_other_ones():
    assert distance(shape(LONG), shape(LONG)) == 0
    assert distance(shape(LONG), shape(LONG.replace("年底前", "年末前", 1))) <= MEASURE.bits
    assert distance(shape(LONG), shape(OTHER)) > 2 * MEASURE.bits
    assert -(1 << 63) <= shape(LONG) < 1 << 63


@pytest.mark.parametrize(
    ("new", "numbered", "earlier", "below", "found"),
    [
        (a_print(2, LONG), False, [], set(), Verdict.COUNTED),
        (a_print(2, LONG), False, [a_print(1, OTHER)], set(), Verdict.COUNTED),
        (a_print(2, LONG), False, [a_print(1, LONG)], set(), Verdict.REPOST),
        (a_print(2, LONG, unit=2), False, [a_print(1, LONG)], set(), Verdict.DUPLICATE),
        (a_print(2, LONG), False, [a_print(1, LONG, site=9)], {9}, Verdict.ADOPTED),
        (a_print(2, LONG), True, [a_print(1, OTHER)], set(), Verdict.SPLIT),
        (a_print(2, LONG), True, [a_print(1, OTHER, unit=3)], set(), Verdict.COUNTED),
        (a_print(2, LONG), True, [a_print(1, OTHER, on=date(2026, 9, 8))], set(), Verdict.COUNTED),
        (a_print(2, LONG, title="别的题目"), True, [a_print(1, OTHER)], set(), Verdict.COUNTED),
        (a_print(2, ""), False, [a_print(1, "")], set(), Verdict.COUNTED),
    ],
    ids=[
        "alone",
        "other words",
        "own words",
        "others' words",
        "taken over",
        "cut",
        "of others",
        "later",
        "title",
        "empty",
    ],
)
def test_verdict_and_what_it_repeats(new, numbered, earlier, below, found):
    said, like = verdict(new, numbered, earlier, below, MEASURE)
    assert said == found
    assert like == (None if found == Verdict.COUNTED else earlier[0])
