"""A year's 违规记录 as an Excel workbook."""

from collections.abc import Iterable

from django.http import FileResponse

from assessment.models import Violation
from portal.spreadsheets import workbook

HEADINGS = ("单位", "发生日期", "情形", "依据", "事实", "状态", "撤销理由", "记录人", "记录时间")
WIDTHS = (18, 12, 40, 22, 50, 10, 24, 10, 18)


def write(year: int, rows: Iterable[Violation]) -> FileResponse:
    lines = (
        (
            str(one.unit), one.on, one.label, one.clause, one.facts, one.get_state_display(), one.reason,
            str(one.recorded_by), one.recorded_at,
        )
        for one in rows
    )  # fmt: skip
    return workbook(f"{year}年违规记录", HEADINGS, lines, WIDTHS)
