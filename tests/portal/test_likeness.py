"""Similar earlier texts: by pairs of characters, in one query."""

import pytest

from portal.likeness import likeness, nearest, pairs
from portal.models import Department


def test_pairs_leave_out_small_words_and_keep_numbers_whole():
    assert pairs("个体户怎么注销?12315") == ["个体", "体户", "户怎", "怎么", "么注", "注销", "12315"]
    assert pairs("我的") == []


def test_likeness_is_one_for_the_same_and_nothing_for_strangers():
    assert likeness("个体户注销流程", "个体户注销流程") == 1
    assert likeness("个体户注销流程", "食品过期投诉") == 0
    assert likeness("", "食品过期投诉") == 0


def test_nearest_gives_the_likest_first_in_one_query(db, django_assert_num_queries):
    for number, name in enumerate(["个体户注销怎么办理", "个体户注销需要什么材料", "食品过期投诉"]):
        Department.objects.create(name=name, code=f"d{number}")
    with django_assert_num_queries(1):
        found = nearest(Department.objects.order_by("-pk"), "name", "个体户注销要什么材料")
    assert [one.name for one in found] == ["个体户注销需要什么材料", "个体户注销怎么办理"]


@pytest.mark.parametrize("text", ["", "的", "\x00", "😀", "%%%"])
def test_nearest_of_nothing_asks_nothing(db, django_assert_num_queries, text):
    with django_assert_num_queries(0):
        assert nearest(Department.objects.all(), "name", text) == []
