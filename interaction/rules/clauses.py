"""Cutting one pasted draft into clauses: at 第×条, at 一、 and （一）, or at blank lines. Pure."""

import re
from dataclasses import dataclass

from interaction.enums.consultations import Cut

NUMBER = "[一二三四五六七八九十百零〇两0-9０-９]{1,6}"
CHAPTER = re.compile(rf"第{NUMBER}[编章节](?:[\s\u3000].{{0,50}})?")
ARTICLE = re.compile(
    rf"(第{NUMBER}条(?:之{NUMBER})?(?:[【〔〖][^】〕〗]{{1,30}}[】〕〗])?)[\s\u3000：:、，.．]*(.*)", re.S
)
ITEM = re.compile(rf"((?:[（(]{NUMBER}[）)]|{NUMBER}、))[\s\u3000]*(.*)", re.S)
SHORT_TITLE = re.compile("[^，；：,;:\n]{1,16}")
EDGES = " \t\u3000"
LONGEST_HEADING = 60


@dataclass
class Piece:
    """One clause as cut: a heading without text is that of a chapter."""

    heading: str
    text: str


def cut(draft: str, how: Cut = Cut.AUTO) -> list[Piece]:
    """The draft in pieces, in order, nothing left out. AUTO takes the first way that finds two pieces or more."""
    draft = draft.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    if how == Cut.BLANKS:
        return _at_blanks(draft)
    if how in (Cut.ARTICLES, Cut.ITEMS):
        return _at(ARTICLE if how == Cut.ARTICLES else ITEM, draft)
    for mark in (ARTICLE, ITEM):
        pieces = _at(mark, draft)
        if sum(bool(mark.match(piece.heading)) for piece in pieces) > 1:
            return pieces
    return _at_blanks(draft)


def _at(mark: re.Pattern[str], draft: str) -> list[Piece]:
    """A line that begins with the mark begins a clause; what stands before the first one is a piece of its own."""
    pieces: list[Piece] = []
    for line in _lines(draft):
        if CHAPTER.fullmatch(line):
            pieces.append(Piece(" ".join(line.split())[:LONGEST_HEADING], ""))
        elif found := mark.fullmatch(line):
            pieces.append(_piece(found))
        elif pieces and not _is_chapter(pieces[-1]):
            pieces[-1].text = f"{pieces[-1].text}\n{line}".lstrip("\n")
        else:
            pieces.append(Piece("", line))
    return pieces


def _at_blanks(draft: str) -> list[Piece]:
    """Paragraphs that blank lines part; a mark at the beginning becomes the heading."""
    pieces = []
    for block in re.split(r"\n[ \t\u3000]*\n", draft):
        lines = list(_lines(block))
        if not lines:
            continue
        words = "\n".join(lines)
        found = ARTICLE.fullmatch(words) or ITEM.fullmatch(words)
        if len(lines) == 1 and CHAPTER.fullmatch(words):
            pieces.append(Piece(words[:LONGEST_HEADING], ""))
        elif found and found[2].strip(EDGES):
            pieces.append(_piece(found))
        else:
            pieces.append(Piece("", words))
    return pieces


def _piece(found: re.Match[str]) -> Piece:
    """Of 一、适用范围。本指引… the short first sentence belongs to the heading."""
    mark, text = found[1], found[2].strip(EDGES)
    title, full_stop, rest = text.partition("。")
    if mark.endswith("、") and full_stop and rest.strip() and SHORT_TITLE.fullmatch(title):
        return Piece(f"{mark}{title}", rest.strip(EDGES))
    return Piece(mark, text)


def _lines(draft: str):
    for line in draft.split("\n"):
        if tidy := line.strip(EDGES):
            yield tidy


def _is_chapter(piece: Piece) -> bool:
    return bool(piece.heading) and not piece.text and bool(CHAPTER.fullmatch(piece.heading))
