"""Reading a stored text: its words, its beginning, its pictures."""

import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from uuid import UUID

from portal.richtext.addresses import picture_address

_LINE_ENDS = re.compile(
    r"<(?:br|hr|/p|/h[1-6]|/li|/tr|/caption|/figcaption|/div|/blockquote|table|ul|ol)\b[^>]*>", re.I
)
_CELL_ENDS = re.compile(r"</t[dh]\s*>", re.I)
_HIDDEN = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->", re.I | re.S)
_TAG = re.compile(r"</?[a-zA-Z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_PICTURE = re.compile(r"<img\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.I)
_ATTRIBUTE = re.compile(r"\b(src|alt)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.I)
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_WEAK_END = "，、；：,;:（(《“‘ …"


def plain_text(html: str) -> str:
    """The words of a cleaned text, one line per paragraph, list item or table row; no markup, no entities."""
    lines = _LINE_ENDS.sub("\n", _HIDDEN.sub("", html).replace("\n", " "))
    words = unescape(_TAG.sub("", _CELL_ENDS.sub(" ", lines))).replace("\xa0", " ")
    return "\n".join(line for line in (" ".join(raw.split(" ")).strip() for raw in words.split("\n")) if line)


def summary(html: str, length: int = 120) -> str:
    """The beginning of a text on one line, at most `length` characters, ending with … when it was cut."""
    words = " ".join(plain_text(html).split())
    if len(words) <= length:
        return words
    end = length - 1
    while end > 0 and _belongs_to_previous(words, end):
        end -= 1
    return words[:end].rstrip(_WEAK_END) + "…"


def one_line(words: str) -> str:
    """Typed words on one line, without control characters and what turns the direction of reading."""
    return " ".join(_UNSEEN.sub("", words).split())


def picture_ids(html: str) -> list[UUID]:
    """The stored pictures a text shows, each once, in order."""
    addresses = (picture_address(attributes.get("src", "")) for attributes in _pictures(html))
    return list(dict.fromkeys(UUID(address.split("/")[2]) for address in addresses if address))


def pictures_without_alt(html: str) -> int:
    """How many pictures a blind reader cannot know about (GB/T 37668 文本替代)."""
    return sum(not attributes.get("alt", "").strip() for attributes in _pictures(html))


def is_empty(html: str) -> bool:
    """Whether a reader would see nothing: no word and no picture."""
    return not _PICTURE.search(html) and not plain_text(html)


def _pictures(html: str) -> Iterator[dict[str, str]]:
    for found in _PICTURE.finditer(html):
        yield {name.lower(): unescape(one or two) for name, one, two in _ATTRIBUTE.findall(found[0])}


def _belongs_to_previous(words: str, end: int) -> bool:
    """Whether a cut before words[end] would split one visible character."""
    character = words[end]
    return (
        character == "\u200d"
        or words[end - 1] == "\u200d"
        or "\ufe00" <= character <= "\ufe0f"
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or bool(unicodedata.combining(character))
    )
