"""What incoming markup means: which tags are text, which go, what attributes of word processors say."""

import re

from lxml import etree

from portal.richtext.inline import MARKS, Marks, is_linked, with_mark

_CONTAINERS = """
    p div section article main header footer aside nav center address form fieldset legend details summary
    hgroup pre dl dt dd li td th tr tbody thead tfoot caption figcaption
"""
_UNSEEN = "head title style template xml textarea select option datalist noscript noframes"
_ACTIVE = "script iframe frame frameset object embed applet math button"
_MEDIA = "video audio svg canvas marquee bgsound"

TEXT_TAGS = dict.fromkeys(_CONTAINERS.split(), "p") | {
    "h1": "h2",
    "h2": "h2",
    "h3": "h3",
    "h4": "h4",
    "h5": "h4",
    "h6": "h4",
}
GONE = (
    dict.fromkeys(_UNSEEN.split(), "")
    | dict.fromkeys(_ACTIVE.split(), "active")
    | dict.fromkeys(_MEDIA.split(), "media")
)
SPANS = {"colspan": 100, "rowspan": 1000}
_MARK_OF = {tag: tag for tag in MARKS} | {"b": "strong", "i": "em", "strike": "s", "del": "s", "ins": "u"}
_ALIGNED = {"right": "sign", "end": "sign", "center": "center", "left": "", "start": "", "justify": ""}
_HEAVY = {"bold", "bolder", "600", "700", "800", "900"}


def number(element: etree._Element, name: str, most: int) -> str:
    """The attribute as written, when it says more than its default of 1."""
    value = element.get(name, "").strip()
    if not re.fullmatch(r"[0-9]{1,4}", value) or not 1 < int(value) <= most:
        return ""
    return f' {name}="{int(value)}"'


def _style(element: etree._Element) -> dict[str, str]:
    if not (written := element.get("style")):
        return {}
    pairs = (rule.partition(":") for rule in written.lower().split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def alignment(element: etree._Element) -> str | None:
    """The class for the element's own alignment: "sign", "center", "" for left, None when it says nothing."""
    said = _style(element).get("text-align") or element.get("align", "").strip().lower()
    if said in _ALIGNED:
        return _ALIGNED[said]
    names = element.get("class", "").split()
    named = next((name for name in ("sign", "center") if name in names), None)
    return "center" if named is None and element.tag == "center" else named


def marked(element: etree._Element, marks: Marks) -> Marks:
    """The marks inside an inline element, by its tag and by the style a word processor gave it."""
    style = _style(element)
    weight, decoration = style.get("font-weight", ""), style.get("text-decoration", "")
    names = {_MARK_OF.get(element.tag, "")}
    if weight in ("normal", "400"):
        names.discard("strong")
    if weight in _HEAVY:
        names.add("strong")
    if style.get("font-style") == "italic":
        names.add("em")
    if "underline" in decoration and not is_linked(marks):
        names.add("u")
    if "line-through" in decoration:
        names.add("s")
    for name in names & MARKS.keys():
        marks = with_mark(marks, MARKS[name])
    return marks
