"""Writing a paper's tables and charts as a workbook: one sheet a table, each chart beside the table before it."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.chart import Reference, Series
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from portal.documents.chart import COLOUR, bar_chart
from portal.documents.parts import Bars, Cell, Paper, Table

LINE = Side(style="thin", color="8D97A5")
BOX, GROUND = Border(left=LINE, right=LINE, top=LINE, bottom=LINE), PatternFill("solid", fgColor="EAF0F8")
LONGEST_TITLE, WIDE = 31, 90
_NOT_IN_TITLES = str.maketrans("", "", r"[]:*?/\\")
_FORMULA = ("=", "+", "-", "@")


def book(paper: Paper) -> bytes:
    workbook = Workbook()
    workbook.remove(workbook.active)
    sheet = None
    for part in paper.parts:
        if isinstance(part, Table):
            sheet = _sheet(workbook, part, paper)
        elif isinstance(part, Bars):
            _chart(sheet or _sheet(workbook, Table(part.caption, [], []), paper), part)
    if not workbook.worksheets:
        _sheet(workbook, Table(paper.title, [], []), paper)
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def _sheet(workbook: Workbook, table: Table, paper: Paper) -> Worksheet:
    sheet = workbook.create_sheet(table.caption.translate(_NOT_IN_TITLES)[:LONGEST_TITLE])
    sheet["A1"], sheet["A2"] = paper.title, f"{table.caption}　{paper.date_words}".strip()
    sheet["A1"].font = Font(bold=True, size=14)
    head = _put_over(sheet, table)
    for place, text in enumerate(table.headings, start=1):
        _put_heading(sheet, head, place, text)
        sheet.column_dimensions[get_column_letter(place)].width = _width(table, place - 1)
    for number, row in enumerate(table.rows, start=head + 1):
        for place, value in enumerate(row, start=1):
            _put(sheet, number, place, value).border = BOX
    if table.note:
        _put(sheet, len(table.rows) + head + 2, 1, table.note)
    sheet.freeze_panes = f"A{head + 1}"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"3:{head}"
    return sheet


def _put_over(sheet: Worksheet, table: Table) -> int:
    """What stands above the headings; returns the row of the headings themselves."""
    place = 1
    for text, span in table.over:
        for covered in range(place, place + span):
            _put_heading(sheet, 3, covered, text if covered == place else None)
        if span > 1:
            sheet.merge_cells(start_row=3, start_column=place, end_row=3, end_column=place + span - 1)
        place += span
    return 4 if table.over else 3


def _put_heading(sheet: Worksheet, row: int, place: int, text: str | None) -> None:
    cell = sheet.cell(row, place, text)
    cell.font, cell.fill, cell.border = Font(bold=True), GROUND, BOX
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def _put(sheet: Worksheet, row: int, place: int, value: Cell):
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell = sheet.cell(row, place, value)
    if isinstance(value, str) and value.startswith(_FORMULA):
        cell.data_type = "s"
    return cell


def _width(table: Table, place: int) -> float:
    """Of the longest text, a Chinese character counted as two."""
    texts = [str(table.headings[place]), *(str(row[place]) for row in table.rows if row[place] is not None)]
    longest = max(sum(1 if letter.isascii() else 2 for letter in text) for text in texts)
    return min(max(longest + 2, 8), WIDE)


def _chart(sheet: Worksheet, bars: Bars) -> None:
    """To the right of the table, with its numbers in two columns under it so that they can be edited."""
    column = max(sheet.max_column, 1) + 2
    first = 4
    sheet.cell(3, column, bars.caption), sheet.cell(3, column + 1, bars.unit or "数值")
    for row, (label, value) in enumerate(bars.bars, start=first):
        _put(sheet, row, column, str(label))
        sheet.cell(row, column + 1, value)
    last = first + max(len(bars.labels), 1) - 1
    chart = bar_chart(bars)
    chart.title, chart.height, chart.width = bars.caption, max(6, 0.7 * len(bars.labels) + 2), 18
    series = Series(Reference(sheet, min_col=column + 1, min_row=first, max_row=last))
    series.graphicalProperties.solidFill = COLOUR
    chart.series.append(series)
    chart.set_categories(Reference(sheet, min_col=column, min_row=first, max_row=last))
    sheet.add_chart(chart, f"{get_column_letter(column + 3)}3")
