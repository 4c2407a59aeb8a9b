"""Writing a paper as .docx in official form (GB/T 9704-2012)."""

from io import BytesIO

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as Line
from docx.text.run import Run

from portal.documents import chart
from portal.documents.parts import Bars, Heading, Paper, Paragraph, Table
from portal.documents.word_tables import put_table

SONG, FANG, HEI, KAI = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
RED = RGBColor(0xC0, 0x10, 0x10)
MARGINS = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}  # millimetres
BODY, TITLE, MASTHEAD, SPACING = Pt(16), Pt(22), Pt(36), Pt(28)
LONGEST_MASTHEAD = 14  # characters that stand in one line at full size


def word(paper: Paper) -> bytes:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, millimetres in MARGINS.items():
        setattr(section, name, Mm(millimetres))
    document.styles.element.find(f".//{qn('w:lang')}").set(qn("w:eastAsia"), "zh-CN")
    document.core_properties.title, document.core_properties.author = paper.title, paper.signed
    _page_numbers(section.footer.paragraphs[0])
    _head(document, paper)
    charts = 0
    for part in paper.parts:
        charts += isinstance(part, Bars)
        _WRITERS[type(part)](document, part, charts)
    if paper.signed:
        _end(document, paper)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def font(run: Run, name: str, size: Pt = BODY, *, bold: bool = False) -> Run:
    run.font.name, run.font.size, run.font.bold = name, size, bold
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)
    return run


def line(document, text: str, name: str = FANG, size: Pt = BODY, *, align=None, indent: bool = False) -> Line:
    """One paragraph on lines of 28 points; `indent`: two characters."""
    paragraph = document.add_paragraph()
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, max(SPACING, Pt(size.pt * 1.4))
    form.alignment = align
    if indent:
        form.first_line_indent = Pt(size.pt * 2)
    font(paragraph.add_run(text), name, size)
    return paragraph


def _head(document, paper: Paper) -> None:
    centre = WD_ALIGN_PARAGRAPH.CENTER
    size = (
        MASTHEAD
        if len(paper.masthead) <= LONGEST_MASTHEAD
        else Pt(36 * LONGEST_MASTHEAD / len(paper.masthead))
    )
    if paper.masthead:  # a report stands by itself, without a red head
        line(document, paper.masthead, SONG, size, align=centre).runs[0].font.color.rgb = RED
        _red_rule(line(document, paper.number, align=centre))
        line(document, "")
    line(document, paper.title, SONG, TITLE, align=centre)
    line(document, "")
    if paper.addressed:
        line(document, f"{paper.addressed}：")


def _heading(document, part: Heading, charts: int) -> None:
    line(
        document, part.text, HEI if part.level == 1 else KAI, indent=True
    ).paragraph_format.keep_with_next = True


def _paragraph(document, part: Paragraph, charts: int) -> None:
    for text in part.text.splitlines():
        if text.strip():
            line(document, text.strip(), indent=True, align=WD_ALIGN_PARAGRAPH.JUSTIFY)


def _table(document, part: Table, charts: int) -> None:
    line(
        document, part.caption, HEI, Pt(14), align=WD_ALIGN_PARAGRAPH.CENTER
    ).paragraph_format.keep_with_next = True
    put_table(document, part)
    line(document, part.note, FANG, Pt(12))


def _bars(document, part: Bars, charts: int) -> None:
    caption = f"{part.caption}（{part.unit}）" if part.unit else part.caption
    line(
        document, caption, HEI, Pt(14), align=WD_ALIGN_PARAGRAPH.CENTER
    ).paragraph_format.keep_with_next = True
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    chart.place(document, paragraph, part, charts)


def _end(document, paper: Paper) -> None:
    """Signature and date, four characters from the right edge, on one page."""
    line(document, "").paragraph_format.keep_with_next = True
    for text in (paper.signed, paper.date_words):
        form = line(document, text, align=WD_ALIGN_PARAGRAPH.RIGHT).paragraph_format
        form.right_indent, form.keep_with_next = Pt(BODY.pt * 4), text == paper.signed


def _red_rule(paragraph: Line) -> None:
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, text in {"val": "single", "sz": "18", "space": "6", "color": "C01010"}.items():
        bottom.set(qn(f"w:{name}"), text)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:ind", "w:jc")


def _page_numbers(paragraph: Line) -> None:
    """— 1 — in the middle of the foot."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    font(paragraph.add_run("— "), "宋体", Pt(14))
    field = font(paragraph.add_run(), "宋体", Pt(14))
    for kind in ("begin", "instr", "end"):
        element = OxmlElement("w:instrText" if kind == "instr" else "w:fldChar")
        if kind == "instr":
            element.text = "PAGE"
        else:
            element.set(qn("w:fldCharType"), kind)
        field._r.append(element)
    font(paragraph.add_run(" —"), "宋体", Pt(14))


_WRITERS = {Heading: _heading, Paragraph: _paragraph, Table: _table, Bars: _bars}
