"""From any HTML to the house style, and then through the sanitiser: nothing touches the text after it."""

import re
from collections import Counter

import nh3
from django.conf import settings
from lxml import etree

from portal.richtext.house import HouseStyle, NestedTooDeep

_TAGS = """
    p h2 h3 h4 strong em u s sub sup ul ol li blockquote table caption thead tbody tr th td
    figure figcaption img a br hr
"""
_CLASSES = frozenset({"sign", "center", "no-indent"})
_SANITISER = nh3.Cleaner(
    tags=set(_TAGS.split()),
    attributes={
        "a": {"href", "rel"},
        "img": {"src", "alt"},
        "ol": {"start"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan"},
    },
    allowed_classes={
        "table": {"table"},
        **dict.fromkeys(("p", "h2", "h3", "h4", "td", "th"), _CLASSES),
    },
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)
_PAGE_TAGS = re.compile(r"</?(?:html|body)\b[^>]*>|<!doctype[^>]*>|\x00", re.I)
_HIDDEN = re.compile(r"<(script|style|svg|math|template|title)\b.*?</\1\s*>|<!--.*?-->", re.I | re.S)
_LINE_ENDS = re.compile(r"<(?:br|hr|/p|/div|/li|/tr|/h[1-6])\b[^>]*>", re.I)
_ANY_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_RAW_ALLOWANCE = 4  # pasted markup may be this many times longer than what is kept of it

_MESSAGES = {
    "outside_picture": "外站图片 {} 张未保留：请先下载再上传",
    "lost_picture": "无法识别地址的图片 {} 张未保留：请另存为文件后用“图像”按钮上传",
    "link": "不安全或无效的链接 {} 处已去掉，文字保留",
    "media": "视频、音频、动画 {} 处未保留：请改为附件或链接",
    "active": "脚本、表单、嵌入网页等 {} 处已去掉",
    "deep": "版式嵌套层次过深，只保留了文字",
}


class RichTextTooLong(ValueError):
    """The text exceeds RICHTEXT_MAX_CHARS; its message tells the writer in Chinese what to do."""

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"正文共 {length:,} 个字符（含格式），超过上限 {limit:,} 个：请分篇发布，或改为附件")


def clean(html: str, *, max_chars: int | None = None) -> str:
    """Safe HTML in the house style; clean(clean(x)) == clean(x). Raises RichTextTooLong.

    max_chars: limit of the kept text with its markup; RICHTEXT_MAX_CHARS when not given.
    """
    return _clean(html, Counter(), max_chars)


def clean_with_report(html: str, *, max_chars: int | None = None) -> tuple[str, list[str]]:
    """Like `clean`, with Chinese messages of what the reader will not find any more."""
    dropped: Counter[str] = Counter()
    cleaned = _clean(html, dropped, max_chars)
    return cleaned, [text.format(dropped[key]) for key, text in _MESSAGES.items() if dropped[key]]


def _clean(html: str, dropped: Counter[str], max_chars: int | None) -> str:
    limit = max_chars or settings.RICHTEXT_MAX_CHARS
    if len(html) > limit * _RAW_ALLOWANCE:
        raise RichTextTooLong(len(html), limit)
    try:
        text = _in_house_style(html, dropped)
    except NestedTooDeep:
        dropped.clear()
        dropped["deep"] = 1
        text = _in_house_style(_flat(html), Counter())
    if len(text) > limit:
        raise RichTextTooLong(len(text), limit)
    return _SANITISER.clean(text)


def _in_house_style(html: str, dropped: Counter[str]) -> str:
    root = parse(html)
    return "" if root is None else HouseStyle(dropped).write(root)


def parse(html: str) -> etree._Element | None:
    """The tree a lenient HTML parser makes of the text; None when it holds nothing. Raises NestedTooDeep."""
    source = _PAGE_TAGS.sub("", html).encode("utf-8", "ignore")
    if not source.strip():
        return None
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = etree.fromstring(source, parser)
    except etree.XMLSyntaxError:
        root = None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise NestedTooDeep
    return root


def _flat(html: str) -> str:
    """Paragraphs of bare text: what is kept of markup nested beyond reason."""
    lines = _LINE_ENDS.sub("\n", _HIDDEN.sub("", html))
    bare = _ANY_TAG.sub("", lines).replace("<", "&lt;").replace(">", "&gt;")
    return "".join(f"<p>{line}</p>" for line in bare.split("\n"))
