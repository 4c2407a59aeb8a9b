"""Which span a bulletin is about, and what it is called."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.enums.bulletins import BulletinKind as K
from assessment.rules.bulletins import before, span, title_of


@pytest.mark.parametrize(
    ("kind", "day", "starts_on", "ends_on", "title"),
    [
        (K.RANKING, date(2024, 2, 29), date(2024, 2, 1), date(2024, 2, 29), "2024 年 2 月信息网工作排名"),
        (K.RANKING, date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31), "2026 年 12 月信息网工作排名"),
        (K.QUARTERLY, date(2026, 9, 30), date(2026, 7, 1), date(2026, 9, 30),
         "关于 2026 年第三季度信息发布和答复情况的通报"),
        (K.QUARTERLY, date(2026, 10, 1), date(2026, 10, 1), date(2026, 12, 31),
         "关于 2026 年第四季度信息发布和答复情况的通报"),
        (K.YEARLY, date(2026, 5, 4), date(2026, 1, 1), date(2026, 12, 31), "关于 2026 年度信息网工作考评情况的通报"),
    ],
)  # fmt: skip
def test_span_and_title(kind, day, starts_on, ends_on, title):
    assert span(kind, day) == (starts_on, ends_on)
    assert title_of(kind, starts_on) == title


@given(st.sampled_from(K), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_spans_follow_each_other_without_a_gap(kind, day):
    starts_on, ends_on = span(kind, day)
    assert starts_on <= day <= ends_on
    assert (starts_on - before(kind, starts_on)[1]).days == 1
    assert span(kind, ends_on) == (starts_on, ends_on)
