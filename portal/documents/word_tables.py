"""Tables of a paper: thin lines, headings that repeat on every page, numbers in the middle."""

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell

from portal.documents.parts import Cell, Table, cell_text

WIDTH = 156  # millimetres between the margins
SIZE = Pt(12)


def put_table(document, part: Table) -> None:
    table = document.add_table(rows=1 + bool(part.over), cols=len(part.headings))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    shares = part.widths or [1] * len(part.headings)
    widths = [Mm(WIDTH * share / sum(shares)) for share in shares]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    if part.over:
        _put_over(table, part, widths)
        _repeat(table.rows[0])
    taken = _covered(part)
    for place, (width, text) in enumerate(zip(widths, part.headings, strict=True)):
        if place not in taken:
            _fill(table.rows[-1].cells[place], width, text, "黑体", WD_ALIGN_PARAGRAPH.CENTER)
    _repeat(table.rows[len(table.rows) - 1])
    for row in part.rows:
        for cell, width, value in zip(table.add_row().cells, widths, row, strict=True):
            _fill(cell, width, value, "仿宋_GB2312", _side(value))


def _put_over(table, part: Table, widths: list) -> None:
    """Each group over its headings; a heading without a group takes both rows."""
    place = 0
    for text, span in part.over:
        first = table.cell(0, place)
        last = table.cell(0, place + span - 1) if text else table.cell(1, place)
        cell = first.merge(last)
        shown = text or part.headings[place]
        _fill(cell, sum(widths[place : place + span]), shown, "黑体", WD_ALIGN_PARAGRAPH.CENTER)
        place += span


def _covered(part: Table) -> set[int]:
    """Places of headings that stand over two rows already."""
    found, place = set(), 0
    for text, span in part.over:
        if not text:
            found.add(place)
        place += span
    return found


def _fill(cell: _Cell, width, value: Cell, name: str, side) -> None:
    cell.width = width
    paragraph = cell.paragraphs[0]
    paragraph.alignment = side
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    run = paragraph.add_run(cell_text(value))
    run.font.name, run.font.size = name, SIZE
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _side(value: Cell):
    return WD_ALIGN_PARAGRAPH.LEFT if isinstance(value, str) else WD_ALIGN_PARAGRAPH.CENTER


def _repeat(row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
