"""What an inspector's crawler looks for (国办发〔2017〕47号): tags, dates, blank columns, marks in the footer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from assessment.enums.radar import PageKind
from assessment.rules.standard import standard

DATE = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}")
ITEM = re.compile(r"/\d+/$")
BEHIND = ("/desk/", "/login/", "/logout/", "/account/", "/password/", "/static/")
ASKS_WHO = (401, 403)
FORGED = "forged"
GROUPS = {
    PageKind.HOME: ("every",),
    PageKind.ENTRANCE: ("every", "column"),
    PageKind.COLUMN: ("every", "column"),
    PageKind.ARTICLE: ("every", "column", "article"),
}


@dataclass(frozen=True)
class Fault:
    """`key` for machines: tag, date, forged, blank, mark, status, slow, link."""

    key: str
    text: str


@dataclass(frozen=True)
class Page:
    """A page that opened, parsed once. `published`: when the system says its article was published, YYYY-MM-DD HH:MM."""

    kind: PageKind
    root: HtmlElement
    published: str = ""

    @classmethod
    def read(cls, kind: PageKind, body: bytes, published: str = "") -> "Page | None":
        """None where it is no page at all."""
        try:
            return cls(kind, document_fromstring(body, parser=HTMLParser(encoding="utf-8")), published)
        except (etree.ParserError, ValueError):
            return None


def faults(page: Page | None) -> list[Fault]:
    """All that is missing or wrong, in the order in which a report lists it."""
    if page is None:
        return [Fault("status", "页面是空的")]
    found = [*_tags(page), *_marks(page)]
    if page.kind == PageKind.ARTICLE:
        found += _date(page)
    if page.kind == PageKind.COLUMN and _is_blank(page):
        found.append(Fault("blank", "栏目没有内容"))
    return found


def links(page: Page, address: str) -> list[str]:
    """Paths of other pages of the portal that the page leads to, each once, in their order.

    address: the page's own path. What is behind the sign-in, and what robots are asked not to follow, is left out.
    """
    found = dict[str, None]()
    for anchor in page.root.iter("a"):
        target = urlsplit(urljoin(address, anchor.get("href") or "#"))
        is_own = not target.scheme and not target.netloc and target.path.startswith("/")
        if is_own and "nofollow" not in (anchor.get("rel") or "") and not target.path.startswith(BEHIND):
            found[unquote(target.path)] = None
    found.pop(unquote(address), None)
    return list(found)


def is_dead(status: int) -> bool:
    """What a link leads to is not there. A page that asks to sign in first is."""
    return status == 0 or (status >= 400 and status not in ASKS_WHO)


def _tags(page: Page) -> Iterator[Fault]:
    said = _meta(page)
    for group in GROUPS[page.kind]:
        for name in standard()["tags"][group]:
            if name not in said:
                yield Fault("tag", f"缺少标签 {name}")
            elif not said[name]:
                yield Fault("tag", f"标签 {name} 为空")
    code = said.get("SiteIDCode", "")
    if code and not re.fullmatch(standard()["id_code"], code):
        yield Fault("tag", f"标签 SiteIDCode 应为十位字母和数字，现为“{code[:20]}”")


def _date(page: Page) -> Iterator[Fault]:
    """PubDate in its format, the same as shown, the same as recorded."""
    said = _meta(page).get("PubDate", "")
    if not said:
        return
    if not DATE.fullmatch(said):
        yield Fault("date", f"标签 PubDate 应为 YYYY-MM-DD HH:MM，现为“{said[:20]}”")
    elif page.published and said != page.published:
        yield Fault(FORGED, f"页面的发布日期 {said} 与系统记录 {page.published} 不一致")
    elif said not in page.root.text_content():
        yield Fault("date", f"正文没有按 YYYY-MM-DD HH:MM 写明发布时间 {said}")


def _marks(page: Page) -> Iterator[Fault]:
    footer = "".join(one.text_content() for one in page.root.iter("footer"))
    for mark in standard()["marks"]:
        if not any(word in footer for word in mark["any"]):
            yield Fault("mark", f"页脚没有“{mark['name']}”")


def _is_blank(page: Page) -> bool:
    """Neither an item to open nor a text to read in the main part of the page."""
    parts = list(page.root.iter("main")) or [page.root]
    texts = [one for part in parts for one in part.iter("div") if "article-body" in one.classes]
    has_text = any(one.text_content().strip() or one.find(".//img") is not None for one in texts)
    items = (one.get("href") or "" for part in parts for one in part.iter("a"))
    return not has_text and not any(ITEM.search(urlsplit(href).path) for href in items)


def _meta(page: Page) -> dict[str, str]:
    return {one.get("name") or "": (one.get("content") or "").strip() for one in page.root.iter("meta")}
