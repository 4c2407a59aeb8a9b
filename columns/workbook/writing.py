"""Writing the workbook: one sheet to edit and print (A3 across), one with the people."""

from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from columns.duties import Division, marks
from columns.enums import Duty
from columns.workbook.layout import (
    CODES,
    FIRST_COLUMN,
    FIRST_ROW,
    HEADINGS,
    LEGEND,
    PEOPLE_SHEET,
    SHEET,
    TITLE,
    seal,
)
from portal import clock
from portal.models import Department, Site, User

KEY = "采＝采集　审＝审核　发＝发布　答＝答复"
HOW = "空格随上级栏目。编辑后从“导入”传回；请勿改动隐藏的首行和首列"
SIGNATURES = "&L主管领导（签字）：&C总版主（签字）：&R第 &P 页，共 &N 页"
_THIN = Side(style="thin", color="8D97A5")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_GROUND = PatternFill("solid", fgColor="EAF0F8")
_CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)


def write(site: Site, division: Division, holders: Mapping[tuple[int, str], list[User]]) -> bytes:
    """The .xlsx of the site's division: 分工表 as it stands in the rows, 责任明细 with inheritance and names."""
    book = Workbook()
    _write_division(book.active, site, division)
    _write_people(book.create_sheet(PEOPLE_SHEET), site, division, holders)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _write_division(sheet: Worksheet, site: Site, division: Division) -> None:
    departments = division.offered()
    sheet.title = SHEET
    _put(sheet, CODES, 1, seal(site.key, division.fingerprint))
    _head(sheet, f"{site.name}信息维护分工表", f"{clock.today():%Y年%m月%d日}　{KEY}　{HOW}")
    _headings(sheet, 2, ["栏目", *(str(one) for one in departments)])
    for place, department in enumerate(departments, start=FIRST_COLUMN):
        _put(sheet, CODES, place, department.code)
    for line, column in enumerate(division.columns, start=FIRST_ROW):
        depth = len(division.columns.path(column)) - 1
        _put(sheet, line, 1, column.slug)
        name = _put(sheet, line, 2, column.name)
        name.alignment, name.border = Alignment(indent=depth * 2, vertical="center"), _BOX
        name.font = Font(bold=depth == 0)
        _put_duties(sheet, line, column.pk, departments, division)
    sheet.row_dimensions[CODES].hidden = sheet.column_dimensions["A"].hidden = True
    sheet.column_dimensions["B"].width = 24
    _for_print(sheet, FIRST_COLUMN)


def _put_duties(
    sheet: Worksheet, line: int, column: int, departments: list[Department], division: Division
) -> None:
    for place, department in enumerate(departments, start=FIRST_COLUMN):
        cell = _put(sheet, line, place, marks(division.own((column, department.pk))) or None)
        cell.alignment, cell.border = _CENTRE, _BOX
        sheet.column_dimensions[get_column_letter(place)].width = 10


def _write_people(
    sheet: Worksheet, site: Site, division: Division, holders: Mapping[tuple[int, str], list[User]]
) -> None:
    _head(sheet, f"{site.name}信息发布及审核责任明细表", f"{clock.today():%Y年%m月%d日}　含随上级栏目的分工")
    _headings(sheet, 2, ["栏目", "部门", *(f"{duty.word}人" for duty in Duty)])
    for line, one in enumerate(division.assignments(holders), start=FIRST_ROW):
        path = " › ".join(step.name for step in division.columns.path(one.column))
        people = [_names(one.people[duty]) if duty in one.people else "—" for duty in Duty]
        for place, text in enumerate([path, str(one.department), *people], start=2):
            cell = _put(sheet, line, place, text)
            cell.border, cell.alignment = _BOX, Alignment(vertical="center", wrap_text=True)
    sheet.column_dimensions["A"].hidden = True
    for letter, width in zip("BCDEFG", (30, 14, 26, 26, 26, 26), strict=True):
        sheet.column_dimensions[letter].width = width
    _for_print(sheet, FIRST_COLUMN)


def _names(people: Iterable[User]) -> str:
    return "、".join(person.name for person in people) or "无人"


def _head(sheet: Worksheet, title: str, legend: str) -> None:
    _put(sheet, TITLE, 2, title).font = Font(bold=True, size=18)
    _put(sheet, LEGEND, 2, legend).font = Font(size=10, color="5F6875")
    sheet.row_dimensions[TITLE].height = 30


def _headings(sheet: Worksheet, place: int, texts: list[str]) -> None:
    for number, text in enumerate(texts, start=place):
        cell = _put(sheet, HEADINGS, number, text)
        cell.font, cell.fill, cell.border, cell.alignment = Font(bold=True), _GROUND, _BOX, _CENTRE
    sheet.row_dimensions[HEADINGS].height = 34


def _put(sheet: Worksheet, line: int, place: int, text: Any) -> Cell:
    """A cell of plain text: a name that begins like a formula stays a name."""
    cell = sheet.cell(line, place)
    if text is not None:
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", str(text))
        cell.data_type = "s"
        cell.number_format = "@"
    return cell


def _for_print(sheet: Worksheet, first_column: int) -> None:
    sheet.freeze_panes = sheet.cell(FIRST_ROW, first_column)
    page = sheet.page_setup
    page.orientation, page.paperSize, page.fitToWidth, page.fitToHeight = "landscape", 8, 1, 0  # 8: A3
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{TITLE}:{HEADINGS}"
    sheet.print_options.horizontalCentered = True
    left, centre_right = SIGNATURES.split("&C")
    sheet.oddFooter.left.text = left.removeprefix("&L")
    sheet.oddFooter.center.text, sheet.oddFooter.right.text = centre_right.split("&R")
