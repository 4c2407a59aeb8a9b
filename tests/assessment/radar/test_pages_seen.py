"""What an inspector's crawler finds on a page: pure checks on its bytes."""

import pytest

from assessment.enums.radar import PageKind
from assessment.rules.pages import Page, faults, is_dead, links

TAGS = {
    "SiteName": "城东分局", "SiteDomain": "127.0.0.1", "SiteIDCode": "bm00000000", "ColumnName": "要闻报道",
    "ColumnDescription": "要闻", "ColumnKeywords": "要闻", "ColumnType": "工作动态", "ArticleTitle": "例会",
    "PubDate": "2026-11-26 09:30", "ContentSource": "办公室",
}  # fmt: skip
FOOTER = "主办单位 联系电话 网站标识码 苏ICP备1号 苏公网安备1号 党政机关网站标识 我为政府网站找错"
MAIN = '<div class="article-body"><p>正文</p></div><p>发布时间：2026-11-26 09:30</p><a href="/a/7/">例会</a>'


def page(kind: PageKind, *, tags=TAGS, main: str = MAIN, footer: str = FOOTER, published: str = "") -> Page:
    meta = "".join(f'<meta name="{name}" content="{said}">' for name, said in tags.items())
    text = f"<html><head>{meta}</head><body><main>{main}</main><footer>{footer}</footer></body></html>"
    return Page.read(kind, text.encode(), published)


def texts(found: Page | None) -> list[str]:
    return [one.text for one in faults(found)]


@pytest.mark.parametrize("kind", PageKind)
def test_a_whole_page_has_no_fault(kind):
    assert texts(page(kind, published="2026-11-26 09:30")) == []


@pytest.mark.parametrize(
    ("kind", "missing"),
    [
        (PageKind.HOME, ["SiteName", "SiteDomain", "SiteIDCode"]),
        (PageKind.COLUMN, list(TAGS)[:7]),
        (PageKind.ENTRANCE, list(TAGS)[:7]),
        (PageKind.ARTICLE, list(TAGS)),
    ],
)
def test_each_kind_of_page_must_have_its_tags(kind, missing):
    assert texts(page(kind, tags={})) == [f"缺少标签 {name}" for name in missing]


def test_an_empty_tag_and_an_odd_code_are_faults():
    tags = TAGS | {"SiteName": " ", "SiteIDCode": "12345"}
    assert texts(page(PageKind.HOME, tags=tags)) == [
        "标签 SiteName 为空", "标签 SiteIDCode 应为十位字母和数字，现为“12345”",
    ]  # fmt: skip


def test_publish_date_has_its_format_is_shown_and_is_the_systems():
    article = PageKind.ARTICLE
    assert texts(page(article, tags=TAGS | {"PubDate": "2026年11月26日"})) == [
        "标签 PubDate 应为 YYYY-MM-DD HH:MM，现为“2026年11月26日”"
    ]
    assert texts(page(article, main="<p>无日期</p>")) == [
        "正文没有按 YYYY-MM-DD HH:MM 写明发布时间 2026-11-26 09:30"
    ]
    forged = faults(page(article, published="2026-11-20 09:30"))
    assert [(one.key, one.text) for one in forged] == [
        ("forged", "页面的发布日期 2026-11-26 09:30 与系统记录 2026-11-20 09:30 不一致")
    ]


@pytest.mark.parametrize(
    ("main", "blank"),
    [
        ('<a href="/c/other/">其他栏目</a>', True),
        ("", True),
        ('<a href="/a/7/">例会</a>', False),
        ('<a href="/questions/3/">问</a>', False),
        ('<div class="article-body"><p>介绍</p></div>', False),
        ('<div class="article-body"><img src="/x.png"></div>', False),
        ('<div class="article-body"> </div>', True),
    ],
)
def test_a_column_without_items_or_text_is_blank(main, blank):
    assert ("栏目没有内容" in texts(page(PageKind.COLUMN, main=main))) is blank


def test_each_mark_that_the_footer_lacks_is_named():
    found = texts(page(PageKind.HOME, footer="主办单位 城东分局 联系电话 8000"))
    assert found == [
        f"页脚没有“{name}”"
        for name in ("网站标识码", "ICP 备案号", "公安备案号", "党政机关标识", "我为政府网站找错")
    ]


def test_no_page_is_a_fault_and_not_an_error():
    assert texts(Page.read(PageKind.HOME, b"")) == ["页面是空的"]
    assert Page.read(PageKind.HOME, b"\xff\xfe<<<<") is not None


def test_links_are_those_of_the_portal_that_a_robot_may_follow():
    main = """<a href="/a/1/">一</a><a href="?page=2">二</a><a href="/a/1/#top">一</a><a href="https://x.example/a/2/">外</a>
        <a href="//x.example/">外</a><a href="mailto:a@b">信</a><a href="javascript:1">脚本</a><a href="/desk/">工作台</a>
        <a href="/login/">登录</a><a rel="nofollow" href="/a/3/">不跟</a><a href="/files/%E8%A1%A8.txt">表</a><a>无</a>"""
    assert links(page(PageKind.COLUMN, main=main), "/c/news/") == ["/a/1/", "/files/表.txt"]


@pytest.mark.parametrize(
    ("status", "dead"), [(200, False), (302, False), (403, False), (404, True), (500, True), (0, True)]
)
def test_a_link_is_dead_when_nothing_is_there(status, dead):
    assert is_dead(status) is dead
