"""Paragraphs, headings and figures while a text is set: loose lines come in, finished blocks go out."""

from dataclasses import dataclass, field

from portal.richtext.inline import (
    Line,
    Marks,
    Picture,
    is_pictures_only,
    pictures_of,
    set_line,
    starts_indented,
    without_strong,
    write_line,
)

_TEXT_TAGS = ("p", "h2", "h3", "h4")


@dataclass(slots=True)
class Block:
    """One finished block: its tag, inner HTML, class and further attributes as written."""

    tag: str
    inner: str = ""
    css: str = ""
    attributes: str = ""

    @property
    def html(self) -> str:
        if self.tag == "hr":
            return "<hr>"
        css = f' class="{self.css}"' if self.css else ""
        return f"<{self.tag}{self.attributes}{css}>{self.inner}</{self.tag}>"

    @property
    def is_text(self) -> bool:
        return self.tag in _TEXT_TAGS


@dataclass(slots=True)
class Frame:
    """The blocks of one container while it is read; loose text becomes blocks of `tag`."""

    tag: str = "p"
    align: str = ""
    is_heavy: bool = False
    is_unindented: bool = False
    is_preformatted: bool = False
    blocks: list[Block] = field(default_factory=list)
    lines: list[Line] = field(default_factory=lambda: [[]])

    @property
    def css(self) -> str:
        names = (self.align, "no-indent" if self.is_unindented and self.tag == "p" else "")
        return " ".join(name for name in names if name)

    def add(self, marks: Marks, piece: str | Picture) -> None:
        if self.is_heavy and marks:
            marks = without_strong(marks)
        if self.is_preformatted and isinstance(piece, str):
            first, *rest = piece.split("\n")
            self.lines[-1].append((marks, first))
            self.lines += [[(marks, line)] for line in rest]
        else:
            self.lines[-1].append((marks, piece))

    def break_line(self) -> None:
        self.lines.append([])

    def flush(self) -> None:
        """Turn the lines read so far into blocks: a blank or indented line begins a new paragraph."""
        if self.lines == [[]]:
            return
        lines, self.lines = self.lines, [[]]
        paragraph: list[str] = []
        for raw in lines:
            line = set_line(raw)
            if line and is_pictures_only(line):
                self._close(paragraph)
                self.blocks += [Block("figure", write_line(picture)) for picture in pictures_of(line)]
                continue
            if self.tag == "p" and (not line or starts_indented(raw)):
                self._close(paragraph)
            if line:
                paragraph.append(write_line(line))
        self._close(paragraph)

    def _close(self, paragraph: list[str]) -> None:
        if paragraph:
            self.blocks.append(Block(self.tag, "<br>".join(paragraph), self.css))
            paragraph.clear()


def joined(blocks: list[Block]) -> str:
    return "".join(block.html for block in blocks)


def unwrapped(blocks: list[Block]) -> str:
    """A list item's inner HTML: its first paragraph bare when only lists follow it."""
    first, *rest = blocks
    if first.tag == "p" and not first.css and all(block.tag in ("ul", "ol") for block in rest):
        return first.inner + joined(rest)
    return joined(blocks)


def caption_of(blocks: list[Block]) -> tuple[str, list[Block]]:
    """The words of a caption as one inline text, and the blocks that cannot stand inside it."""
    words = "<br>".join(block.inner for block in blocks if block.is_text)
    return words, [block for block in blocks if not block.is_text]
