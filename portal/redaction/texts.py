"""Texts: the lines of a Word document or a plain text, written anew without what may not be read."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table

from portal.redaction.pages import Unreadable

TEXTS = ("docx", "txt")
COVER = "■■■■"
"""Of one length, so that it does not tell how long the covered words were."""


def lines(path: str | Path, ending: str) -> list[str]:
    """The text line by line, cells of tables parted by tabs. Pictures, notes and headers are not carried along."""
    if ending == "txt":
        return _decoded(Path(path).read_bytes()).splitlines()
    if ending != "docx":
        raise Unreadable("只有 Word（.docx）和纯文本可以按文字遮盖")
    try:
        document = Document(str(path))
    except (PackageNotFoundError, KeyError, ValueError, OSError) as error:
        raise Unreadable("这份 Word 文档已损坏，无法打开") from error
    return list(_of_document(document))


def cover_text(text: Iterable[str], phrases: Iterable[str]) -> list[str]:
    """Every occurrence of every phrase covered, the longest phrases first."""
    wanted = sorted({one for one in phrases if one}, key=len, reverse=True)
    return [_covered(line, wanted) for line in text]


def text_file(text: Iterable[str], ending: str) -> bytes:
    """A new file of the same kind that holds these lines and nothing else."""
    if ending == "txt":
        return "\r\n".join(text).encode("utf-8-sig")
    document, file = Document(), BytesIO()
    for line in text:
        document.add_paragraph(line)
    properties = document.core_properties
    properties.author = properties.title = properties.comments = properties.last_modified_by = ""
    document.save(file)
    return file.getvalue()


def _of_document(document) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                yield "\t".join(cell.text.replace("\n", " ") for cell in row.cells)
        else:
            yield from block.text.split("\n")


def _covered(line: str, phrases: list[str]) -> str:
    for phrase in phrases:
        line = line.replace(phrase, COVER)
    return line


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("这份文本的编码无法识别")
