"""Papers: the same parts as .docx in official form, as .xlsx, and kept as JSON."""

import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook

from portal.documents import Bars, Heading, Paper, Paragraph, Table, as_json, book, from_json, word
from portal.documents.parts import cell_text

ROWS = [[1, "办公室", Decimal("96.50"), None], [2, "北桥工商所 <&>", Decimal("88"), "=1+1"]]
PAPER = Paper(
    masthead="城东分局信息网工作通报",
    number="城东信通〔2026〕3号",
    title="关于 2026 年第三季度信息发布和答复情况的通报",
    addressed="各科室、工商所",
    signed="城东分局",
    dated=date(2026, 10, 9),
    parts=[
        Heading("一、得分和名次"),
        Paragraph("第一段。\n第二段。"),
        Table("得分", ["名次", "单位", "得分", "备注"], ROWS, [1, 3, 1, 1], "说明"),
        Bars("各单位得分", ["办公室", "北桥工商所 <&>"], [Decimal("96.5"), 88], "分"),
        Heading("（一）更新不及时", 2),
    ],
)
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@pytest.fixture(scope="module")
def document():
    return Document(BytesIO(word(PAPER)))


def test_a_paper_has_the_form_of_an_official_one(document):
    section = document.sections[0]
    assert [round(one.mm) for one in (section.page_width, section.page_height)] == [210, 297]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(one.mm) for one in margins] == [37, 35, 28, 26]
    assert "PAGE" in etree.tostring(section.footer._element, encoding="unicode")
    body = next(one for one in document.paragraphs if one.text == "第一段。")
    run = body.runs[0]
    assert (run.font.size, run._r.rPr.rFonts.get(qn("w:eastAsia"))) == (Pt(16), "仿宋_GB2312")
    assert (body.paragraph_format.line_spacing, body.paragraph_format.first_line_indent) == (Pt(28), Pt(32))


def test_a_paper_says_its_parts_in_their_order(document):
    said = [one.text for one in document.paragraphs if one.text.strip()]
    assert said == [
        "城东分局信息网工作通报", "城东信通〔2026〕3号", "关于 2026 年第三季度信息发布和答复情况的通报",
        "各科室、工商所：", "一、得分和名次", "第一段。", "第二段。", "得分", "说明", "各单位得分（分）",
        "（一）更新不及时", "城东分局", "2026年10月9日",
    ]  # fmt: skip


def test_a_table_repeats_its_headings_and_shows_numbers_plainly(document):
    table = document.tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["名次", "单位", "得分", "备注"], ["1", "办公室", "96.5", ""], ["2", "北桥工商所 <&>", "88", "=1+1"],
    ]  # fmt: skip
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_a_chart_carries_its_own_numbers():
    archive = zipfile.ZipFile(BytesIO(word(PAPER)))
    chart = etree.fromstring(archive.read("word/charts/chart1.xml"))
    found = [[one.text for one in chart.iter(f"{CHART}v") if one.getparent().getparent().tag == CHART + tag]
             for tag in ("strLit", "numLit")]  # fmt: skip
    assert found == [["办公室", "北桥工商所 <&>"], ["96.5", "88"]]
    assert b"charts/chart1.xml" in archive.read("word/_rels/document.xml.rels")


def test_a_workbook_has_a_sheet_a_table_and_the_chart_beside_it():
    sheets = load_workbook(BytesIO(book(PAPER))).worksheets
    assert [sheet.title for sheet in sheets] == ["得分"]
    rows = [[cell.value for cell in row[:4]] for row in sheets[0].iter_rows(min_row=3, max_row=5)]
    assert rows == [
        ["名次", "单位", "得分", "备注"],
        [1, "办公室", 96.5, None],
        [2, "北桥工商所 <&>", 88, "=1+1"],
    ]
    assert sheets[0]["D5"].data_type == "s"
    assert len(sheets[0]._charts) == 1


@pytest.mark.parametrize(
    "parts", [[], [Paragraph("只有文字")], [Bars("没有单位", [], [])], [Table("空表", ["单位"], [])]]
)
def test_a_paper_with_little_to_say_is_written_all_the_same(parts):
    paper = Paper("机关", "题目", parts)
    assert Document(BytesIO(word(paper))).paragraphs
    assert load_workbook(BytesIO(book(paper))).worksheets


cells = st.one_of(
    st.none(), st.text(max_size=9), st.integers(-9, 9), st.decimals(allow_nan=False, allow_infinity=False)
)


@given(st.lists(st.lists(cells, min_size=2, max_size=2), max_size=4))
def test_what_is_kept_reads_back_the_same(rows):
    parts = [
        Heading("一", 2),
        Paragraph("文"),
        Table("表", ["甲", "乙"], rows),
        Bars("图", ["甲"], [Decimal("1.50")]),
    ]
    assert from_json(as_json(parts)) == parts


@pytest.mark.parametrize(
    ("value", "text"),
    [(Decimal("98.50"), "98.5"), (Decimal("100"), "100"), (7, "7"), (None, ""), ("文", "文")],
)
def test_a_cell_shows_a_number_as_people_write_it(value, text):
    assert cell_text(value) == text
