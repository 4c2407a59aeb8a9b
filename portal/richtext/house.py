"""The house style (石家庄制度第十七条, 统一格式): a parsed text is written anew from what the style knows.

Nothing is copied through: every tag and attribute of the result is written here.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from lxml import etree

from portal.richtext.addresses import is_external, link_address, picture_address
from portal.richtext.blocks import Block, Frame, caption_of, joined, unwrapped
from portal.richtext.inline import Marks, Picture, link, visible, with_mark
from portal.richtext.meaning import GONE, SPANS, TEXT_TAGS, alignment, marked, number

_MAX_DEPTH = 80  # elements of the incoming markup
_MAX_LEVELS = 20  # lists, tables and quotations inside one another, as written
_OUTSIDE = re.compile(r"(?:https?:)?[/\\]{2}", re.I)


class NestedTooDeep(ValueError):
    """No writer nests a text this deep."""


class HouseStyle:
    """Writes one parsed text; `dropped` counts what could not be kept, by kind."""

    def __init__(self, dropped: Counter[str]) -> None:
        self.dropped = dropped
        self.depth = self.levels = 0

    def write(self, root: etree._Element) -> str:
        return joined(self.read(root, Frame()).blocks)

    def read(self, element: etree._Element, frame: Frame, marks: Marks = ()) -> Frame:
        """Read everything inside the element into the frame and finish its last paragraph."""
        self.walk(element, frame, marks)
        frame.flush()
        return frame

    def walk(self, element: etree._Element, frame: Frame, marks: Marks) -> None:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise NestedTooDeep
        for child, text in _content(element):
            if child is None:
                frame.add(marks, text)
            else:
                self.take(child, frame, marks)
        self.depth -= 1

    @contextmanager
    def level(self) -> Iterator[None]:
        """One more container is written; a written text is always shallow enough to be read again."""
        self.levels += 1
        if self.levels > _MAX_LEVELS:
            raise NestedTooDeep
        yield
        self.levels -= 1

    def take(self, element: etree._Element, frame: Frame, marks: Marks) -> None:
        tag = element.tag
        if tag in TEXT_TAGS:
            self.paragraph(element, frame, marks)
        elif tag in _WRITERS:
            _WRITERS[tag](self, element, frame, marks)
        elif tag in _CONTAINERS:
            with self.level():
                _CONTAINERS[tag](self, element, frame, marks)
        elif tag in GONE:
            self.dropped[GONE[tag]] += 1
        else:
            self.walk(element, frame, marked(element, marks))

    def paragraph(self, element: etree._Element, frame: Frame, marks: Marks) -> None:
        align, tag = alignment(element), TEXT_TAGS[element.tag]
        inner = Frame(tag, frame.align if align is None else align, is_heavy=tag != "p")
        inner.is_unindented = "no-indent" in element.get("class", "").split()
        inner.is_preformatted = element.tag == "pre"
        frame.flush()
        frame.blocks += self.read(element, inner, marks).blocks

    def line_break(self, element: etree._Element, frame: Frame, marks: Marks) -> None:
        frame.break_line()

    def rule(self, element: etree._Element, frame: Frame, marks: Marks) -> None:
        frame.flush()
        frame.blocks.append(Block("hr"))

    def link(self, element: etree._Element, frame: Frame, marks: Marks) -> None:
        raw = element.get("href", "").strip()
        address = link_address(raw)
        if address is not None:
            marks = with_mark(marks, link(address, is_external(address)))
        elif raw and not raw.startswith("#"):
            self.dropped["link"] += 1
        self.walk(element, frame, marks)

    def picture(self, element: etree._Element, frame: Frame, marks: Marks) -> None:
        raw = element.get("src", "").strip()
        address = picture_address(raw)
        if address is None:
            self.dropped["outside_picture" if _OUTSIDE.match(raw) else "lost_picture"] += 1
        else:
            frame.add(marks, Picture(address, " ".join(visible(element.get("alt", "")).split())))

    def figure(self, element: etree._Element, frame: Frame, marks: Marks) -> None:
        frame.flush()
        inner, caption = Frame(), Frame()
        for child, text in _content(element):
            if child is None:
                inner.add(marks, text)
            elif child.tag == "figcaption":
                self.read(child, caption, marks)
            else:
                self.take(child, inner, marks)
        inner.flush()
        words, others = caption_of(caption.blocks)
        frame.blocks += _captioned(inner.blocks, words) + others

    def quotation(self, element: etree._Element, frame: Frame, marks: Marks) -> None:
        frame.flush()
        if blocks := self.read(element, Frame(), marks).blocks:
            frame.blocks.append(Block("blockquote", joined(blocks)))

    def bullets(self, element: etree._Element, frame: Frame, marks: Marks) -> None:
        frame.flush()
        items: list[list[Block]] = []
        for child, text in _content(element):
            inner = Frame()
            if child is None:
                inner.add(marks, text)
            elif child.tag == "li":
                self.walk(child, inner, marks)
            else:
                self.take(child, inner, marks)
            inner.flush()
            if items and child is not None and child.tag in ("ul", "ol"):
                items[-1] += inner.blocks
            elif inner.blocks:
                items.append(inner.blocks)
        if items:
            start = number(element, "start", 9999) if element.tag == "ol" else ""
            frame.blocks.append(
                Block(element.tag, "".join(f"<li>{unwrapped(item)}</li>" for item in items), attributes=start)
            )

    def table(self, element: etree._Element, frame: Frame, marks: Marks) -> None:
        frame.flush()
        strays = Frame()
        parts: dict[str, list[str]] = {"caption": [], "thead": [], "tbody": []}
        self.rows(element, "tbody", parts, strays, marks)
        strays.flush()
        frame.blocks += strays.blocks
        inner = "".join(f"<{tag}>{''.join(parts[tag])}</{tag}>" for tag in parts if parts[tag])
        if re.search(r">[^<]|<img ", inner):
            frame.blocks.append(Block("table", inner, "table"))

    def rows(
        self, element: etree._Element, section: str, parts: dict[str, list[str]], strays: Frame, marks: Marks
    ) -> None:
        """Sort a table's children into caption, head and body; what fits nowhere stands before the table."""
        for child, text in _content(element):
            if child is None:
                strays.add(marks, text)
            elif child.tag in ("tr", "td", "th"):
                cells = self.cells(child, strays, marks)
                parts[section] += [f"<tr>{cells}</tr>"] if cells else []
            elif child.tag in ("thead", "tbody", "tfoot"):
                self.rows(child, "thead" if child.tag == "thead" else "tbody", parts, strays, marks)
            elif child.tag == "caption" and not parts["caption"]:
                words, others = caption_of(self.read(child, Frame(), marks).blocks)
                parts["caption"] += [words] if words else []
                strays.blocks += others
            elif child.tag not in ("colgroup", "col"):
                self.take(child, strays, marks)

    def cells(self, element: etree._Element, strays: Frame, marks: Marks) -> str:
        if element.tag != "tr":
            return self.cell(element, marks)
        written = ""
        for child, text in _content(element):
            if child is None:
                strays.add(marks, text)
            elif child.tag in ("td", "th"):
                written += self.cell(child, marks)
            else:
                self.take(child, strays, marks)
        return written

    def cell(self, element: etree._Element, marks: Marks) -> str:
        tag, css = element.tag, alignment(element) or ""
        blocks = self.read(element, Frame(is_heavy=tag == "th"), marks).blocks
        spans = "".join(number(element, name, most) for name, most in SPANS.items())
        if len(blocks) == 1 and blocks[0].tag == "p":
            css = blocks[0].css.removesuffix("no-indent").strip() or css
            return Block(tag, blocks[0].inner, css, spans).html
        return Block(tag, joined(blocks), css, spans).html


_Writer = Callable[[HouseStyle, etree._Element, Frame, Marks], None]
_WRITERS: dict[str, _Writer] = {
    "br": HouseStyle.line_break,
    "hr": HouseStyle.rule,
    "a": HouseStyle.link,
    "img": HouseStyle.picture,
    "figure": HouseStyle.figure,
}
_CONTAINERS: dict[str, _Writer] = {
    "blockquote": HouseStyle.quotation,
    "ul": HouseStyle.bullets,
    "ol": HouseStyle.bullets,
    "table": HouseStyle.table,
}


def _content(element: etree._Element) -> Iterator[tuple[etree._Element | None, str]]:
    """The element's children in order: (None, text) or (element, "")."""
    if element.text:
        yield None, element.text
    for child in element:
        if isinstance(child.tag, str):
            yield child, ""
        if child.tail:
            yield None, child.tail


def _captioned(blocks: list[Block], words: str) -> list[Block]:
    """Give the words to the picture or table they stand under; without one they are a centred line."""
    last = blocks[-1] if blocks else None
    if not words:
        return blocks
    if last and last.tag == "figure" and "<figcaption>" not in last.inner:
        last.inner += f"<figcaption>{words}</figcaption>"
    elif last and last.tag == "table" and not last.inner.startswith("<caption>"):
        last.inner = f"<caption>{words}</caption>{last.inner}"
    else:
        blocks.append(Block("p", words, "center"))
    return blocks
