"""责任分工表 as an Excel workbook."""

from collections.abc import Iterable

from django.http import FileResponse

from disclosure.models import Office
from disclosure.queries.duties import Line
from portal.spreadsheets import workbook

HEADINGS = ("公开类别", "公开内容", "责任部门", "配合部门", "审核程序", "公开时限", "依据")
WIDTHS = (20, 40, 16, 20, 30, 22, 18)
NOBODY = "未分工"


def write(office: Office, lines: Iterable[Line]) -> FileResponse:
    return workbook(f"{office.organ}政府信息公开责任分工表", HEADINGS, (_row(one) for one in lines), WIDTHS)


def _row(one: Line) -> tuple:
    leads = "、".join(str(duty.department) for duty in one.leads)
    return (
        "　" * one.depth + one.category.name, one.category.note, leads or (NOBODY if one.is_nobodys else ""),
        "、".join(str(duty.department) for duty in one.helps), "；".join(one.chain), one.category.period,
        one.category.clause,
    )  # fmt: skip
