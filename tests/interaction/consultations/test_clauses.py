"""One pasted text becomes clauses, nothing left out; a public copy hides and says nothing else."""

import pytest

from interaction.enums.consultations import Cut
from interaction.rules.clauses import Piece, cut
from interaction.rules.public_copies import only_hides


def pairs(pieces: list[Piece]) -> list[tuple[str, str]]:
    return [(one.heading, one.text) for one in pieces]


def test_a_regulation_is_cut_at_its_articles_and_keeps_chapters_items_and_preamble():
    draft = (
        "管理办法（征求意见稿）\r\n\r\n第一章　总则\r\n第一条　为了……，制定本办法。\r\n"
        "第二条【范围】适用于：\r\n（一）甲；\r\n（二）乙。"
    )
    assert pairs(cut(draft)) == [
        ("", "管理办法（征求意见稿）"),
        ("第一章 总则", ""),
        ("第一条", "为了……，制定本办法。"),
        ("第二条【范围】", "适用于：\n（一）甲；\n（二）乙。"),
    ]


def test_a_guideline_is_cut_at_its_items_and_a_short_first_sentence_is_its_heading():
    assert pairs(cut("一、适用范围。辖区商户适用。\n二、凡是发卡的商户，都应当公示。")) == [
        ("一、适用范围", "辖区商户适用。"),
        ("二、", "凡是发卡的商户，都应当公示。"),
    ]
    assert pairs(cut("（一）甲\n(二) 乙")) == [("（一）", "甲"), ("(二)", "乙")]


def test_plain_text_is_cut_at_blank_lines():
    assert pairs(cut("甲一\n甲二\n　\n乙")) == [("", "甲一\n甲二"), ("", "乙")]


def test_the_way_of_cutting_can_be_chosen():
    draft = "第一条 总的。\n（一）甲\n（二）乙\n\n第二条 完。"
    assert [len(cut(draft, how)) for how in (Cut.ARTICLES, Cut.ITEMS, Cut.BLANKS)] == [2, 3, 2]


def test_an_article_number_with_its_text_on_the_next_line_is_one_clause():
    assert pairs(cut("第一条\n甲\n第二条\n乙")) == [("第一条", "甲"), ("第二条", "乙")]


@pytest.mark.parametrize("draft", ["", " \n\t\n", "第一条"])
def test_next_to_nothing_is_next_to_nothing(draft):
    assert len(cut(draft)) == bool(draft.strip())


def test_a_long_text_without_an_end_is_cut_at_once():
    assert len(cut("第一条 甲\n" * 5000)) == 5000
    assert len(cut("第" + "一" * 100_000)) == 1


@pytest.mark.parametrize(
    ("copy", "is_fair"),
    [
        ("不同意。我叫张三，电话13800000000", True),
        ("不同意。我叫张**，电话138*****00", True),
        ("*，电话*", True),
        ("不同意。我叫张三，\n电话13800000000", True),
        ("*同意。我叫张三，电话13800000000", True),
        ("同意。我叫张三，电话13800000000", False),
        ("不同意。我叫李四，电话13800000000", False),
        ("不同意。我叫张三", False),
        ("不同意。我叫张三，电话13800000000！", False),
    ],
)
def test_a_copy_may_hide_behind_stars_but_neither_leave_out_nor_rewrite(copy, is_fair):
    assert only_hides("不同意。我叫张三，电话13800000000", copy) is is_fair
