"""The comparison a leader reads before deciding: what is new, what is gone, what stands unchanged."""

import random
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.richtext import clean
from portal.textdiff import compare, is_changed

ID = "11111111-2222-4333-8444-555555555555"


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


CASES = {
    "nothing changed": (paragraphs("甲"), paragraphs("甲"), ""),
    "only the format changed": (
        "<p>甲</p>",
        "<p><strong>甲</strong></p>",
        '<p class="diff-gap">（文字没有变化，只调整了格式）</p>',
    ),
    "a new paragraph": (
        paragraphs("甲"),
        paragraphs("甲", "新增一段"),
        '<p class="diff-same">甲</p><p class="diff-new"><ins>新增一段</ins></p>',
    ),
    "a paragraph is gone": (
        paragraphs("甲", "删去一段"),
        paragraphs("甲"),
        '<p class="diff-same">甲</p><p class="diff-gone"><del>删去一段</del></p>',
    ),
    "words changed inside a paragraph": (
        paragraphs("请于五月一日前报送材料"),
        paragraphs("请于六月一日前报送材料"),
        '<p class="diff-changed">请于<del>五</del><ins>六</ins>月一日前报送材料</p>',
    ),
    "a stranger is not a new version": (
        paragraphs("会议于周一召开"),
        paragraphs("附：联系方式一览"),
        '<p class="diff-gone"><del>会议于周一召开</del></p>'
        '<p class="diff-new"><ins>附：联系方式一览</ins></p>',
    ),
    "a new version is found behind a new paragraph": (
        paragraphs("各所应当按月报送信息"),
        paragraphs("插入的说明", "各所应当按周报送信息"),
        '<p class="diff-new"><ins>插入的说明</ins></p>'
        '<p class="diff-changed">各所应当按<del>月</del><ins>周</ins>报送信息</p>',
    ),
    "far from a change the text is folded": (
        paragraphs("一", "二", "三", "四", "五"),
        paragraphs("一", "二", "三", "四", "五", "新增一段"),
        '<p class="diff-gap">（此处 4 段没有变化）</p><p class="diff-same">五</p>'
        '<p class="diff-new"><ins>新增一段</ins></p>',
    ),
    "a picture is a line": (
        paragraphs("甲"),
        f'<p>甲</p><figure><img src="/files/{ID}/a.jpg" alt="会场"></figure>',
        '<p class="diff-same">甲</p><p class="diff-new"><ins>〔图片：会场〕</ins></p>',
    ),
    "a table is a line and its rows are lines": (
        '<table class="table"><tbody><tr><td>新闻</td><td>每周一次</td></tr></tbody></table>',
        '<table class="table"><tbody><tr><td>新闻</td><td>每天一次</td></tr></tbody></table>',
        '<p class="diff-same">〔表格〕</p>'
        '<p class="diff-changed">新闻 | 每<del>周</del><ins>天</ins>一次</p>',
    ),
    "words that look like markup stay words": (
        paragraphs("甲 &lt;b&gt; 乙丙丁"),
        paragraphs("甲 &lt;i&gt; 乙丙丁"),
        '<p class="diff-changed">甲 &lt;<del>b</del><ins>i</ins>&gt; 乙丙丁</p>',
    ),
}


@pytest.mark.parametrize(("old", "new", "shown"), CASES.values(), ids=CASES.keys())
def test_compare_shows_what_changed(old, new, shown):
    assert compare(old, new) == shown


def test_is_changed_sees_format_too():
    assert not is_changed("<p>甲</p>", "<p>甲</p>")
    assert is_changed("<p>甲</p>", "<p><strong>甲</strong></p>")


_DIFF_TAG = re.compile(r'<p class="diff-(?:same|new|gone|changed|gap)">|</?(?:ins|del)>|</p>')
_MARKUP = st.lists(
    st.sampled_from(["<p>", "<b>", "甲", "乙", "&lt;script&gt;", "&amp;", "<td>", '"', "a b"]), max_size=20
)


@settings(max_examples=200, deadline=None)
@given(_MARKUP, _MARKUP)
def test_compare_writes_no_markup_but_its_own(old, new):
    shown = compare(clean("".join(old)), clean("".join(new)))
    assert "<" not in _DIFF_TAG.sub("", shown)


def letters(count: int, seed: int) -> str:
    return "".join(random.Random(seed).choices("工商信息公开栏目报送审核发布", k=count))


HUGE = {
    "one paragraph of 200 KB": (paragraphs(letters(70_000, 1)), paragraphs(letters(70_000, 2))),
    "many short paragraphs": (
        paragraphs(*(letters(3, n) for n in range(20_000))),
        paragraphs(*(letters(3, n) for n in range(20_000, 40_000))),
    ),
    "the same line over and over": (paragraphs(*["甲"] * 20_000), paragraphs(*["甲", "乙"] * 10_000)),
    "every paragraph touched": (
        paragraphs(*(letters(200, n) for n in range(350))),
        paragraphs(*(letters(200, n).replace("工", "公") for n in range(350))),
    ),
}


@pytest.mark.parametrize(("old", "new"), HUGE.values(), ids=HUGE.keys())
def test_a_huge_text_is_compared_in_bounded_time(old, new):
    started = time.process_time()
    assert compare(old, new).startswith("<p class=")
    assert time.process_time() - started < 4
