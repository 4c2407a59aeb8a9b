"""Tables as offices have them come in row by row; workbooks go out without a formula in them."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook

from portal import spreadsheets
from portal.spreadsheets import FileRefused, Headings, Line, Place

HEADINGS = Headings(
    {"number": ("工号", "编号"), "name": ("姓名",), "unit": ("部门", "科室")}, needed=("number", "name")
)


def xlsx(folder: Path, rows, merge=(), name="名单.xlsx") -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for one in merge:
        book.active.merge_cells(one)
    book.save(folder / name)
    return folder / name


def lines(path: Path) -> list[tuple[int, dict]]:
    return [(line.place.line, dict(line.fields)) for line in spreadsheets.read(path, path.name, HEADINGS)]


def refusal(path: Path) -> str:
    with pytest.raises(FileRefused) as refused:
        list(spreadsheets.read(path, path.name, HEADINGS))
    return str(refused.value)


# --- reading ----------------------------------------------------------------------------------------


def test_a_row_says_where_it_stands_and_what_is_in_it(tmp_path):
    path = xlsx(tmp_path, [["姓名", "科室", "工号"], ["李岚", "办公室", 1001]])
    assert list(spreadsheets.read(path, "名单.xlsx", HEADINGS)) == [
        Line(Place("名单.xlsx", 2), {"number": "1001", "name": "李岚", "unit": "办公室"})
    ]


def test_a_cell_merged_over_several_lines_stands_in_each_of_them(tmp_path):
    rows = [
        ["工号", "姓名", "部门"],
        [1, "甲", "办公室"],
        [2, "乙"],
        [3, "丙"],
        [4, "丁", "法制科"],
        [5, "戊"],
    ]
    assert [fields.get("unit", "") for _, fields in lines(xlsx(tmp_path, rows, ["C2:C4"]))] == [
        "办公室", "办公室", "办公室", "法制科", "",
    ]  # fmt: skip


def test_cells_merged_across_are_said_once(tmp_path):
    rows = [["工号", "姓名", "部门"], ["办公室（3 人）", None, None], [1, "甲", "办公室"]]
    assert lines(xlsx(tmp_path, rows, ["A2:C2"]))[0] == (
        2,
        {"number": "办公室（3 人）", "name": "", "unit": ""},
    )


def test_a_formula_nobody_calculated_is_not_taken_for_an_empty_cell(tmp_path):
    path = xlsx(tmp_path, [["工号", "姓名"], [1, '="李"&"岚"']])
    assert lines(path) == [(2, {"number": "1", "name": '="李"&"岚"'})]


@pytest.mark.parametrize("suffix", ["xls", "et", "xlsm", "xlsb", "ods"])
def test_other_tables_are_to_be_saved_as_xlsx(tmp_path, suffix):
    (tmp_path / f"名单.{suffix}").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    assert refusal(tmp_path / f"名单.{suffix}") == f"不能读取 .{suffix}：请另存为 .xlsx 后再导入"


def test_a_renamed_document_is_told_from_a_table(tmp_path):
    document = Document()
    document.add_paragraph("名单")
    document.save(tmp_path / "名单.xlsx")
    assert refusal(tmp_path / "名单.xlsx") == "内容与扩展名“.xlsx”不符，或已损坏：请用原软件重新保存"


def test_an_old_workbook_under_a_new_name_is_told(tmp_path):
    (tmp_path / "名单.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert refusal(tmp_path / "名单.xlsx").startswith("是旧版或加密的 Office 文档")


def test_a_workbook_under_the_name_of_a_text_is_told(tmp_path):
    xlsx(tmp_path, [["工号", "姓名"]]).rename(tmp_path / "名单.csv")
    assert refusal(tmp_path / "名单.csv") == "内容是Office 文档或压缩包，与扩展名“.csv”不符：请改正扩展名"


@pytest.mark.parametrize("name", ["名单.docx", "名单.txt", "名单"])
def test_what_is_no_table_is_not_taken(tmp_path, name):
    (tmp_path / name).write_text("工号,姓名")
    assert refusal(tmp_path / name) == "不能导入这种文件：可用 .xlsx 或 .csv"


def test_headings_that_are_missing_are_named(tmp_path):
    assert "须有“工号”“姓名”两列" in refusal(xlsx(tmp_path, [["工号", "部门"], [1, "办公室"]])).replace(
        "、", ""
    )


def test_a_bomb_is_not_unpacked(tmp_path):
    with zipfile.ZipFile(tmp_path / "名单.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(60_000_000))
    assert "解压后过大" in refusal(tmp_path / "名单.xlsx")


# --- writing ----------------------------------------------------------------------------------------


def taken_away(response):
    return load_workbook(io.BytesIO(b"".join(response.streaming_content)))


def test_a_workbook_is_sent_under_its_chinese_name():
    response = spreadsheets.workbook("授权台账 2026/11", ["姓名"], [["李岚"]])
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    assert unquote(response["Content-Disposition"]) == "attachment; filename*=utf-8''授权台账 2026 11.xlsx"


def test_a_workbook_says_what_the_rows_said():
    moment = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
    rows = [["李岚", 3, 2.5, None, True, date(2026, 11, 24), moment, Decimal("1.50"), "007"]]
    sheet = taken_away(spreadsheets.workbook("表", list("ABCDEFGHI"), rows)).active
    assert [cell.value for cell in sheet[2]] == [
        "李岚", 3, 2.5, None, "是", "2026-11-24", "2026-11-24 09:30", "1.50", "007",
    ]  # fmt: skip


def test_headings_stay_in_view_and_filter_and_columns_are_as_wide_as_asked():
    sheet = taken_away(spreadsheets.workbook("表", ["甲", "乙"], [[1, 2], [3, 4]], [30])).active
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:B3")
    assert (sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width) == (30, 18)
    assert sheet["A1"].font.bold


@pytest.mark.parametrize("text", ["=1+1", "+86", "-2", "@SUM(A1)", "\t=1", "＝1+1", '=HYPERLINK("http://x")'])
def test_text_is_never_a_formula(text):
    cell = taken_away(spreadsheets.workbook(text, [text], [[text]])).active["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_ordinary_text_bears_no_mark():
    assert not taken_away(spreadsheets.workbook("表", ["甲"], [["李=岚"]])).active["A2"].quotePrefix


@pytest.mark.parametrize("text", ["a\x00b", "a\x0bb", "a\ud800b", "ab\uffff"])
def test_characters_no_workbook_can_hold_are_left_out(text):
    assert taken_away(spreadsheets.workbook("表", ["甲"], [[text]])).active["A2"].value == "ab"


def test_a_cell_holds_no_more_than_excel_reads():
    sheet = taken_away(spreadsheets.workbook("表", ["甲"], [["长" * 40_000]])).active
    assert len(sheet["A2"].value) == 32_767


@pytest.mark.parametrize("title", ["", "///", "[]:*?/\\", "名" * 80])
def test_any_title_gives_a_file_that_opens(title):
    assert taken_away(spreadsheets.workbook(title, ["甲"], [])).active["A1"].value == "甲"


def test_what_was_taken_away_can_be_brought_back(tmp_path):
    response = spreadsheets.workbook("名单", ["工号", "姓名"], [["007", "=李岚"]])
    (tmp_path / "名单.xlsx").write_bytes(b"".join(response.streaming_content))
    assert lines(tmp_path / "名单.xlsx") == [(2, {"number": "007", "name": "=李岚"})]


def test_csv_is_read_as_a_table_too(tmp_path):
    with (tmp_path / "名单.csv").open("w", encoding="gb18030", newline="") as file:
        csv.writer(file, delimiter="\t").writerows([["编号", "姓 名（必填）"], ["1", "李岚"]])
    assert lines(tmp_path / "名单.csv") == [(2, {"number": "1", "name": "李岚"})]
