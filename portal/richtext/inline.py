"""One line of text: pieces with marks, spaces as the house sets them, markup written in one canonical way."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

Mark = tuple[int, str, str]  # rank (outermost first), opening tag, closing tag
Marks = tuple[Mark, ...]

_RANKED = ("strong", "em", "u", "s", "sub", "sup")
MARKS: dict[str, Mark] = {tag: (rank, f"<{tag}>", f"</{tag}>") for rank, tag in enumerate(_RANKED, 1)}
_UNDERLINE = MARKS["u"]
_CJK = r"\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
)
_WRAPPED_CHINESE = re.compile(rf"(?<=[{_CJK}])[ \t\xa0]*[\r\n\u2028\u2029][\s\xa0]*(?=[{_CJK}])")
_SPACES = re.compile(r"[ \t\r\n\f\xa0\u2028\u2029]+")
_PLAIN_SPACES = re.compile(r"[ \t\r\n\f\u2028\u2029]+")
_INDENT = re.compile(r"[ \t\r\n]*[\u3000\xa0][\u3000\xa0 ]*[\u3000\xa0]")
_LINK_RANK = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the portal inside a text."""

    src: str
    alt: str

    @property
    def html(self) -> str:
        return f'<img src="{escape(self.src)}" alt="{escape(self.alt)}">'


Piece = tuple[Marks, str | Picture]
Line = list[Piece]


def link(address: str, is_external: bool) -> Mark:
    """The mark of a link; its address is already one of ours."""
    rel = ' rel="noopener"' if is_external else ""
    return (_LINK_RANK, f'<a href="{escape(address)}"{rel}>', "</a>")


def is_linked(marks: Marks) -> bool:
    return bool(marks) and marks[0][0] == _LINK_RANK


def visible(text: str) -> str:
    """The text without control, zero-width and direction-changing characters."""
    return _INVISIBLE.sub("", text)


def with_mark(marks: Marks, mark: Mark) -> Marks:
    """The marks plus one more; a link inside a link replaces it."""
    if mark in marks:
        return marks
    return tuple(sorted([*(kept for kept in marks if kept[0] != mark[0]), mark]))


def without_strong(marks: Marks) -> Marks:
    """Inside a heading everything is heavy already."""
    return tuple(mark for mark in marks if mark != MARKS["strong"])


def starts_indented(line: Line) -> bool:
    """Whether the writer began this line with the full-width spaces of a new paragraph."""
    return bool(line) and isinstance(line[0][1], str) and bool(_INDENT.match(line[0][1]))


def set_line(line: Line) -> Line:
    """The line with equal neighbours joined, spaces collapsed, both ends trimmed; [] when nothing is left."""
    pieces = [
        (marks, _spaced(marks, piece) if isinstance(piece, str) else piece) for marks, piece in _joined(line)
    ]
    if not any(isinstance(piece, Picture) or piece.strip() for _, piece in pieces):
        return []
    while _trim(pieces, 0, str.lstrip):
        del pieces[0]
    while _trim(pieces, -1, str.rstrip):
        del pieces[-1]
    return [pair for pair in pieces if pair[1]]


def is_pictures_only(line: Line) -> bool:
    return all(isinstance(piece, Picture) or not piece.strip() for _, piece in line)


def pictures_of(line: Line) -> list[Line]:
    """Every picture as a line of its own, with its link and without other marks."""
    return [[(marks[: is_linked(marks)], piece)] for marks, piece in line if isinstance(piece, Picture)]


def write_line(line: Line) -> str:
    """Canonical markup: marks nest by rank and stay open across neighbours that share them."""
    out: list[str] = []
    opened: Marks = ()
    for marks, piece in line:
        if marks != opened:
            shared = 0
            while shared < min(len(marks), len(opened)) and marks[shared] == opened[shared]:
                shared += 1
            out += [mark[2] for mark in reversed(opened[shared:])]
            out += [mark[1] for mark in marks[shared:]]
            opened = marks
        out.append(piece.html if isinstance(piece, Picture) else escape(piece, quote=False))
    out += [mark[2] for mark in reversed(opened)]
    return "".join(out)


def _joined(line: Line) -> Line:
    joined: Line = []
    for marks, piece in line:
        if isinstance(piece, str):
            piece = visible(piece)
            if not piece:
                continue
            if joined and joined[-1][0] == marks and isinstance(joined[-1][1], str):
                piece = joined.pop()[1] + piece
        joined.append((marks, piece))
    return joined


def _spaced(marks: Marks, text: str) -> str:
    """Source line breaks vanish between Chinese characters; underlined blanks (填空) keep their width."""
    if _UNDERLINE in marks:
        return _PLAIN_SPACES.sub(" ", text)
    return _SPACES.sub(" ", _WRAPPED_CHINESE.sub("", text))


def _trim(pieces: Line, end: int, strip: Callable[[str], str]) -> bool:
    """Trim the piece at one end; True when nothing of it is left and the next one is due."""
    if not pieces:
        return False
    marks, piece = pieces[end]
    if isinstance(piece, Picture) or _UNDERLINE in marks:
        return False
    pieces[end] = (marks, strip(piece))
    return not pieces[end][1]
