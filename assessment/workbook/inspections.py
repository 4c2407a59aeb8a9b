"""检查情况 as an Excel workbook: every item that the person may see, and what each unit loses."""

from collections.abc import Iterable, Iterator

from django.http import FileResponse

from assessment.models import Inspection, InspectionCheck
from portal.models import Department
from portal.spreadsheets import Sheet, workbook_of

HEADINGS = (
    "站点", "栏目", "责任单位", "类别", "检查项", "依据", "结果", "发现的问题", "扣分", "整改", "整改期限",
    "检查人", "检查时间",
)  # fmt: skip
WIDTHS = (18, 16, 14, 14, 22, 22, 10, 50, 8, 12, 12, 10, 18)


def write(
    inspection: Inspection,
    checks: Iterable[InspectionCheck],
    units: Iterable[tuple[Department, int, float]],
) -> FileResponse:
    sums = [(str(unit), number, float(points)) for unit, number, points in units]
    return workbook_of(f"{inspection.title}检查情况", [
        Sheet("检查情况", HEADINGS, _lines(checks), WIDTHS),
        Sheet("各单位扣分", ("单位", "问题数", "扣分"), sums, (18, 10, 10)),
    ])  # fmt: skip


def _lines(checks: Iterable[InspectionCheck]) -> Iterator[tuple]:
    for one in checks:
        rectified = one.rectification
        yield (
            str(one.column.site), str(one.column), str(one.unit), one.group, one.label, one.clause,
            one.get_result_display(), one.finding, float(one.points) or None,
            rectified.get_state_display() if rectified else "", rectified.due_on if rectified else None,
            str(one.checked_by or ""), one.checked_at,
        )  # fmt: skip
