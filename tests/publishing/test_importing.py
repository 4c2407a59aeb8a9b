"""What each kind of file says, row by row, before anything is written."""

import csv
import io
import json
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from openpyxl import Workbook
from PIL import Image

from portal import richtext
from portal.spreadsheets.tables import MOST_ROWS, rows_of
from portal.uploads import UploadRefused, open_zip_safely
from publishing.importing import Place, Refusal, Row, open_source
from publishing.importing.rows import HEADINGS

HEADER = ["标题", "正文", "作者"]
FIRST = ["例会召开", "部署年底工作。", "李岚"]
SECOND = ["培训开班", "共三十人参加。", "周明"]
FIRST_SAID = {"title": "例会召开", "body": "部署年底工作。", "author_name": "李岚"}
SECOND_SAID = {"title": "培训开班", "body": "共三十人参加。", "author_name": "周明"}


def found_in(path: Path) -> list[Row | Refusal]:
    return list(open_source(path).found)


def said(path: Path) -> list[tuple[int, dict]]:
    return [(row.place.line, dict(row.fields)) for row in found_in(path)]


def the_reason(path: Path) -> str:
    (refusal,) = found_in(path)
    assert isinstance(refusal, Refusal), refusal
    return refusal.reason


def csv_file(folder: Path, rows, encoding="utf-8", delimiter=",", name="稿件.csv") -> Path:
    with (folder / name).open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return folder / name


def xlsx_file(folder: Path, rows, merge: str = "") -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if merge:
        book.active.merge_cells(merge)
    book.save(folder / "稿件.xlsx")
    return folder / "稿件.xlsx"


def docx_file(folder: Path, write, name="稿件.docx") -> Path:
    document = Document()
    write(document)
    document.save(folder / name)
    return folder / name


def picture(colour="navy") -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(file, "PNG")
    file.seek(0)
    return file


def rewritten(path: Path, part: str, change) -> Path:
    """The Office file again, with one part changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts.get(part, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


# --- tables ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_is_read_in_the_encodings_and_delimiters_that_offices_have(tmp_path, encoding, delimiter):
    path = csv_file(tmp_path, [HEADER, FIRST, SECOND], encoding, delimiter)

    assert said(path) == [(2, FIRST_SAID), (3, SECOND_SAID)]


def test_xlsx_says_the_same_as_csv(tmp_path):
    assert said(xlsx_file(tmp_path, [HEADER, FIRST, SECOND])) == [(2, FIRST_SAID), (3, SECOND_SAID)]


def test_headers_are_known_in_english_with_remarks_and_spaces(tmp_path):
    header = [" Title* ", "正 文（必填）", "AUTHOR", "备注"]

    assert said(csv_file(tmp_path, [header, [*FIRST, "无"]])) == [(2, FIRST_SAID)]


def test_blank_rows_are_left_out_and_still_counted(tmp_path):
    rows = [HEADER, [None, None, None], FIRST, [" ", "", None], SECOND]

    assert said(xlsx_file(tmp_path, rows)) == [(3, FIRST_SAID), (5, SECOND_SAID)]


def test_a_merged_title_line_may_stand_above_the_header(tmp_path):
    rows = [["2026 年信息汇总表", None, None], ["填报单位：办公室"], HEADER, FIRST]

    assert said(xlsx_file(tmp_path, rows, merge="A1:C1")) == [(4, FIRST_SAID)]


def test_fields_may_be_named_below_a_merged_header_cell(tmp_path):
    rows = [["标题", "正文", "署名", None], [None, None, "作者", "来源"], [*FIRST, "市局"]]

    assert said(xlsx_file(tmp_path, rows, merge="C1:D1")) == [(3, FIRST_SAID | {"source_name": "市局"})]


def test_numbers_dates_and_truth_are_said_as_people_type_them(tmp_path):
    book = Workbook()
    book.active.append(["编号", "标题", "正文", "日期", "转载"])
    book.active.append([7.0, 2026, "正文", datetime(2026, 9, 30), True])
    book.save(tmp_path / "稿件.xlsx")

    fields = {"key": "7", "title": "2026", "body": "正文", "written_on": "2026-09-30", "is_reprint": "是"}
    assert said(tmp_path / "稿件.xlsx") == [(2, fields)]


def test_every_sheet_that_shows_and_has_a_header_is_read(tmp_path):
    book = Workbook()
    book.active.title = "一季度"
    for row in (HEADER, FIRST):
        book.active.append(row)
    book.create_sheet("说明").append(["请勿改动"])
    second, hidden = book.create_sheet("二季度"), book.create_sheet("旧稿")
    hidden.sheet_state = "hidden"
    for row in (HEADER, SECOND):
        second.append(row)
        hidden.append(row)
    book.save(tmp_path / "稿件.xlsx")

    places = [row.place for row in found_in(tmp_path / "稿件.xlsx")]
    assert places == [Place("稿件.xlsx", 2, "一季度"), Place("稿件.xlsx", 2, "二季度")]


def test_a_table_without_title_and_body_is_refused(tmp_path):
    assert the_reason(csv_file(tmp_path, [["标题", "作者"], ["甲", "乙"]])) == (
        "前 10 行内没有找到表头：须有“标题”、“正文”两列"
    )


def test_a_header_that_names_a_field_twice_is_refused(tmp_path):
    assert the_reason(csv_file(tmp_path, [["标题", "正文", "内容"], FIRST])) == "表头中“正文”出现了两次"


def test_a_cell_of_a_megabyte_is_read(tmp_path):
    path = csv_file(tmp_path, [HEADER, ["长文", "长" * 1_000_000, "李岚"]])

    assert [len(row.fields["body"]) for row in found_in(path)] == [1_000_000]


def test_a_quote_that_never_closes_ends_the_reading_and_says_where(tmp_path):
    path = csv_file(tmp_path, [HEADER, FIRST])
    path.write_text(path.read_text() + '坏行,"' + "长" * 2_100_000, "utf-8")

    first, refusal = found_in(path)
    assert dict(first.fields) == FIRST_SAID
    assert refusal.reason == "第 3 行附近引号不成对或单元格过长：其后没有读取"


def test_a_table_beyond_all_reason_ends_with_a_refusal(tmp_path):
    def records():
        yield HEADER
        yield FIRST
        yield from ([] for _ in range(MOST_ROWS))
        yield SECOND

    with pytest.raises(ValueError, match="超过 20 万行"):
        list(rows_of(records(), HEADINGS, "大表.csv"))


def test_a_row_number_from_another_world_does_not_hold_the_import_up(tmp_path):
    path = xlsx_file(tmp_path, [HEADER, FIRST, SECOND])
    rewritten(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'<row r="3"', b'<row r="999999999"'))

    first, refusal = found_in(path)
    assert dict(first.fields) == FIRST_SAID
    assert refusal.reason.startswith("超过 20 万行")


# --- JSON and plain text ----------------------------------------------------------------------------


def test_json_is_a_list_of_objects(tmp_path):
    items = [
        {"标题": "例会召开", "正文": ["一、部署", "二、要求"], "转载": True},
        "不是稿件",
        {"title": {}, "正文": ""},
    ]
    (tmp_path / "稿件.json").write_text(json.dumps(items), "utf-8")

    row, plain, nested = found_in(tmp_path / "稿件.json")
    assert dict(row.fields) == {"title": "例会召开", "body": "一、部署\n二、要求", "is_reprint": "是"}
    assert plain == Refusal(Place("稿件.json", 2, unit="条"), "", "不是对象")
    assert nested == Refusal(Place("稿件.json", 3, unit="条"), "", "“标题”不是文字")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{}", '应是对象的列表，如 [{"标题": "…", "正文": "…"}]'),
        ("[{]", "第 1 行第 3 个字符处不是有效的 JSON"),
        ("[" * 100_000, "嵌套过深，不是稿件列表"),
    ],
)
def test_json_of_another_shape_is_refused(tmp_path, text, reason):
    (tmp_path / "稿件.json").write_text(text, "utf-8")

    assert the_reason(tmp_path / "稿件.json") == reason


def test_characters_that_no_database_takes_are_left_out(tmp_path):
    (tmp_path / "稿件.json").write_text(r'[{"标题": "例\u0000会\ud800", "正文": "文"}]', "utf-8")

    assert said(tmp_path / "稿件.json") == [(1, {"title": "例会", "body": "文"})]


def test_a_plain_text_has_its_first_line_as_title(tmp_path):
    (tmp_path / "通知.txt").write_text("\n例会召开\n\n部署年底工作。\n", "gb18030")

    assert said(tmp_path / "通知.txt") == [(None, {"title": "例会召开", "body": "部署年底工作。"})]


def test_a_plain_text_of_one_line_has_its_file_name_as_title(tmp_path):
    (tmp_path / "通知.txt").write_text("部署年底工作。", "utf-8")

    assert said(tmp_path / "通知.txt") == [(None, {"title": "通知", "body": "部署年底工作。"})]


# --- Word -----------------------------------------------------------------------------------------


def test_a_document_has_its_title_style_as_title_and_keeps_the_rest(tmp_path):
    def write(document):
        document.add_heading("信息工作例会召开", level=0)
        document.add_heading("一、部署", level=1)
        document.add_paragraph("部署年底工作。")
        document.add_paragraph("办公室").alignment = WD_ALIGN_PARAGRAPH.RIGHT

    (row,) = found_in(docx_file(tmp_path, write))
    assert row.fields["title"] == "信息工作例会召开"
    assert row.fields["body"] == '<h1>一、部署</h1><p>部署年底工作。</p><p class="sign">办公室</p>'


def test_a_document_without_title_style_has_its_first_heading_as_title(tmp_path):
    def write(document):
        document.add_heading("例会召开", level=1)
        document.add_paragraph("正文。")
        document.add_heading("二、要求", level=1)

    (row,) = found_in(docx_file(tmp_path, write))
    assert (row.fields["title"], row.fields["body"]) == ("例会召开", "<p>正文。</p><h1>二、要求</h1>")


def test_a_document_without_styles_has_its_centred_first_line_as_title(tmp_path):
    def write(document):
        document.add_paragraph("关于召开例会的通知").alignment = WD_ALIGN_PARAGRAPH.CENTER
        document.add_paragraph("各科室：")

    (row,) = found_in(docx_file(tmp_path, write))
    assert (row.fields["title"], row.fields["body"]) == ("关于召开例会的通知", "<p>各科室：</p>")


def test_a_document_that_names_no_title_is_called_as_its_file(tmp_path):
    (row,) = found_in(
        docx_file(tmp_path, lambda document: document.add_paragraph("各科室："), "例会通知.docx")
    )

    assert (row.fields["title"], row.fields["body"]) == ("例会通知", "<p>各科室：</p>")


def test_tables_captions_and_pictures_of_a_document_are_kept(tmp_path):
    def write(document):
        document.add_heading("通报", level=0)
        document.add_picture(picture())
        document.add_paragraph("图1 会场", style="Caption")
        document.add_paragraph("表1 得分", style="Caption")
        document.add_table(1, 2).rows[0].cells[0].text = "办公室"

    (row,) = found_in(docx_file(tmp_path, write))
    ((address, content),) = row.pictures.items()
    body = richtext.clean(row.fields["body"])
    assert content == picture().getvalue()
    assert body == (
        f'<figure><img src="{address}" alt=""><figcaption>图1 会场</figcaption></figure>'
        '<table class="table"><caption>表1 得分</caption>'
        "<tbody><tr><td>办公室</td><td></td></tr></tbody></table>"
    )


# --- hostile, broken and mistaken files -----------------------------------------------------------------


def small_document(folder: Path) -> Path:
    return docx_file(folder, lambda document: document.add_paragraph("各科室："))


def test_a_zip_bomb_is_refused_unread(tmp_path):
    bomb = rewritten(small_document(tmp_path), "word/media/a.bin", lambda _: b"\0" * 120_000_000)

    with pytest.raises(UploadRefused) as refused:
        open_zip_safely(bomb)
    assert the_reason(bomb) == refused.value.message


def test_a_document_of_a_million_tags_is_refused_before_it_is_parsed(tmp_path):
    bomb = rewritten(small_document(tmp_path), "word/document.xml", lambda xml: xml + b"<a/>" * 600_000)

    assert the_reason(bomb).startswith("内部标记过多")


@pytest.mark.parametrize(
    ("make", "part"),
    [
        (small_document, "word/document.xml"),
        (lambda folder: xlsx_file(folder, [HEADER, FIRST]), "xl/workbook.xml"),
    ],
)
def test_entities_that_multiply_are_refused(tmp_path, make, part):
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><x>&a;</x>'

    assert the_reason(rewritten(make(tmp_path), part, lambda _: laughs)) == "内部结构不正常，已拒绝"


def test_a_picture_outside_the_document_is_never_fetched(tmp_path):
    def linked(xml):
        return xml.replace(b"</Relationships>", b'<Relationship Id="rId99" TargetMode="External" Type="x" '
                           b'Target="file:///etc/hostname"/></Relationships>')  # fmt: skip

    def write(document):
        document.add_picture(picture())
        document.add_paragraph("正文")

    path = rewritten(docx_file(tmp_path, write), "word/_rels/document.xml.rels", linked)
    path = rewritten(path, "word/document.xml", lambda xml: xml.replace(b"r:embed=", b'r:link="rId99" x='))

    (row,) = found_in(path)
    assert (dict(row.pictures), row.fields["body"]) == ({}, "<p>正文</p>")


@pytest.mark.parametrize("ending", [".docx", ".xlsx"])
def test_an_old_or_encrypted_office_file_is_refused(tmp_path, ending):
    (tmp_path / f"旧{ending}").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)

    assert the_reason(tmp_path / f"旧{ending}") == (
        f"是旧版或加密的 Office 文档：请取消密码，另存为 {ending[1:]} 后再导入"
    )


def test_an_old_word_file_should_be_saved_anew(tmp_path):
    (tmp_path / "旧.doc").write_bytes(b"\xd0\xcf\x11\xe0")

    assert the_reason(tmp_path / "旧.doc") == "不能读取 .doc：请另存为 docx 后再导入"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("稿件.csv", b"PK\x03\x04rest", "内容是Office 文档或压缩包，与扩展名“.csv”不符：请改正扩展名"),
        ("稿件.txt", b"%PDF-1.7", "内容是PDF 文档，与扩展名“.txt”不符：请改正扩展名"),
        ("稿件.csv", b"\x00\x01\x02\x03", "不是文本，或编码无法识别：请另存为 UTF-8"),
        ("稿件.pdf", b"%PDF-1.7", "不能导入这种文件：可用 xlsx、csv、json、docx、txt"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(tmp_path, name, content, reason):
    (tmp_path / name).write_bytes(content)

    assert the_reason(tmp_path / name) == reason


def test_a_document_that_is_no_archive_is_refused(tmp_path):
    (tmp_path / "稿件.docx").write_bytes(b"not a zip")

    assert the_reason(tmp_path / "稿件.docx").startswith("“稿件.docx”已损坏")


def test_an_archive_of_a_version_that_does_not_exist_is_refused(tmp_path):
    path = small_document(tmp_path)
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 6] = 99
    path.write_bytes(content)

    assert the_reason(path).startswith("“稿件.docx”已损坏")


def test_a_workbook_with_a_document_s_ending_is_refused(tmp_path):
    path = xlsx_file(tmp_path, [HEADER, FIRST]).rename(tmp_path / "稿件.docx")

    assert the_reason(path) == "内容与扩展名“.docx”不符，或已损坏：请用原软件重新保存"


def test_a_damaged_document_is_refused(tmp_path):
    damaged = rewritten(small_document(tmp_path), "word/document.xml", lambda xml: xml[: len(xml) // 2])

    assert the_reason(damaged) == "文档打不开或已损坏：请用 Word 或 WPS 另存为 .docx 后再导入"


# --- folders ----------------------------------------------------------------------------------------


def test_a_folder_is_read_in_the_order_of_names_without_what_lies_beside(tmp_path):
    (tmp_path / "二").mkdir()
    small_document(tmp_path / "二")
    csv_file(tmp_path, [HEADER, FIRST], name="一.csv")
    for beside in ("会场.jpg", "~$稿件.docx", ".DS_Store", "Thumbs.db"):
        (tmp_path / beside).write_bytes(b"x")
    (tmp_path / "旧.doc").write_bytes(b"x")
    (tmp_path / "链接.txt").symlink_to("/etc/hostname")

    assert [str(one.place) for one in found_in(tmp_path)] == ["一.csv 第 2 行", "二/稿件.docx", "旧.doc"]
