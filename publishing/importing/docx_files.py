"""Word documents: one article each, with its tables, captions and pictures."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, uuid5

import mammoth
from lxml import etree, html

from portal.spreadsheets import FileRefused, Place
from portal.spreadsheets.office_files import opened
from portal.spreadsheets.tables import text_of
from publishing.importing.rows import Row

LONGEST_TITLE = 60
_MAIN = "word/document.xml"
_NOT_PLAIN = re.compile(r"[^a-z0-9]")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ALIGNED = {"center": "portal-center", "right": "portal-sign", "end": "portal-sign"}
_STYLES = """
p[style-name='Title'] => h1.title
p[style-name='标题'] => h1.title
p[style-name='标题 1'] => h1:fresh
p[style-name='标题 2'] => h2:fresh
p[style-name='标题 3'] => h3:fresh
p[style-name='caption'] => p.caption:fresh
p[style-name='题注'] => p.caption:fresh
p[style-name='portal-center'] => p.center:fresh
p[style-name='portal-sign'] => p.sign:fresh
"""


def read(path: Path, name: str) -> Iterator[Row]:
    """The document as one row, its title taken from the text (see `_title_element`) or from the file's name.

    Pictures get an address made from their content, so that the same document always says the same.
    Raises FileRefused.
    """
    pictures: dict[str, bytes] = {}
    with opened(path, _MAIN), path.open("rb") as file:
        try:
            root = _converted(file, pictures)
        except Exception as error:  # a damaged document makes the converter fail in ways it does not list
            raise FileRefused("文档打不开或已损坏：请用 Word 或 WPS 另存为 .docx 后再导入") from error
    title = _take_title(root) or text_of(path.stem)
    _set_captions(root)
    body = "".join(etree.tostring(block, encoding="unicode", method="html") for block in root)
    yield Row(Place(name), {"title": title, "body": body}, is_html=True, pictures=pictures)


def _converted(file: Any, pictures: dict[str, bytes]) -> html.HtmlElement:
    def keep(image: Any) -> dict[str, str]:
        with image.open() as picture:
            content = picture.read()
        digest = hashlib.sha256(content).hexdigest()
        ending = _NOT_PLAIN.sub("", (image.content_type or "").rpartition("/")[2]) or "bin"
        address = f"/files/{uuid5(NAMESPACE_OID, digest)}/{digest[:16]}.{ending}"
        pictures[address] = content
        return {"src": address}

    result = mammoth.convert_to_html(
        file,
        style_map=_STYLES,
        include_embedded_style_map=False,
        external_file_access=False,
        convert_image=mammoth.images.img_element(keep),
        transform_document=mammoth.transforms.paragraph(_keep_alignment),
    )
    return html.fragment_fromstring(result.value, create_parent="div")


def _keep_alignment(paragraph: Any) -> Any:
    """Centred lines and signatures on the right mean something in an official text."""
    is_styled = paragraph.style_name not in (None, "Normal", "正文") or paragraph.numbering
    style = None if is_styled else _ALIGNED.get(paragraph.alignment)
    return paragraph.copy(style_id=style, style_name=style) if style else paragraph


def _take_title(root: html.HtmlElement) -> str:
    element = _title_element(root)
    if element is None:
        return ""
    root.remove(element)
    return " ".join(element.text_content().split())


def _title_element(root: html.HtmlElement) -> html.HtmlElement | None:
    """Title style; a heading that opens the text or is alone at its level; a short centred first line."""
    blocks = [block for block in root if block.text_content().strip()]
    for block in blocks:
        if block.get("class") == "title":
            return block
    headings = [block for block in blocks if block.tag in _HEADINGS]
    if headings and (headings[0] is blocks[0] or [one.tag for one in headings].count(headings[0].tag) == 1):
        return headings[0]
    if len(blocks) < 2 or blocks[0].get("class") != "center" or blocks[0].find(".//img") is not None:
        return None
    return blocks[0] if len(blocks[0].text_content()) <= LONGEST_TITLE else None


def _set_captions(root: html.HtmlElement) -> None:
    """A caption belongs to the picture above or the table below it; one without either is a centred line."""
    for caption in root.xpath("p[@class='caption']"):
        above, below = caption.getprevious(), caption.getnext()
        if above is not None and above.tag == "p" and _is_picture(above):
            above.tag, caption.tag = "figure", "figcaption"
            above.append(caption)
        elif below is not None and below.tag == "table":
            caption.tag = "caption"
            below.insert(0, caption)
        else:
            caption.set("class", "center")


def _is_picture(paragraph: html.HtmlElement) -> bool:
    return paragraph.find(".//img") is not None and not paragraph.text_content().strip()
