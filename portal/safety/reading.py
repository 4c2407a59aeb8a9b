"""What the desk shows of the safety registers, and the workbook."""

from datetime import datetime

from django.db.models import Max, QuerySet
from django.http import FileResponse

from portal.enums import SafetyKind, SafetyState
from portal.models import AuditEntry, CloserWatch, SafetyRecord
from portal.spreadsheets import workbook

HEADINGS = (
    "类别",
    "日期",
    "名称",
    "经过和结果",
    "发现的问题",
    "整改期限",
    "整改情况",
    "整改完成",
    "状态",
    "附件",
    "记录人",
    "记录时间",
)
WIDTHS = (10, 12, 28, 50, 40, 12, 40, 18, 10, 30, 10, 18)


def of(kind: str, year: int | None = None) -> QuerySet[SafetyRecord]:
    """One register, or all; of one year or all."""
    rows = SafetyRecord.objects.select_related("recorded_by")
    rows = rows.filter(kind=kind) if kind in SafetyKind.values else rows
    return rows.filter(on__year=year) if year else rows


def years() -> list[int]:
    return [day.year for day in SafetyRecord.objects.dates("on", "year", order="DESC")]


def to_rectify() -> QuerySet[SafetyRecord]:
    return SafetyRecord.objects.filter(state=SafetyState.OPEN)


def last_patrol() -> datetime | None:
    """When somebody last wrote down that they had looked."""
    kept = SafetyRecord.objects.filter(kind=SafetyKind.PATROL).exclude(state=SafetyState.STRUCK)
    return kept.aggregate(last=Max("recorded_at"))["last"]


def plan_in_force() -> SafetyRecord | None:
    """The newest 应急预案."""
    plans = SafetyRecord.objects.filter(kind=SafetyKind.PLAN).exclude(state=SafetyState.STRUCK)
    return plans.prefetch_related("files").order_by("-on", "-pk").first()


def periods() -> QuerySet[CloserWatch]:
    return CloserWatch.objects.select_related("set_by")


def trail(record: SafetyRecord) -> QuerySet[AuditEntry]:
    rows = AuditEntry.objects.filter(object_type=record._meta.label_lower, object_id=str(record.pk))
    return rows.exclude(verb="refused").select_related("actor__department", "acting_for").order_by("id")


def write(name: str, rows: QuerySet[SafetyRecord]) -> FileResponse:
    """The register as a workbook, every record a line."""
    lines = (
        (
            one.get_kind_display(), one.on, one.title, one.text, one.problems, one.rectify_by, one.rectified,
            one.rectified_at, one.get_state_display(), "、".join(file.name for file in one.files.all()),
            str(one.recorded_by), one.recorded_at,
        )
        for one in rows.prefetch_related("files").iterator(chunk_size=500)
    )  # fmt: skip
    return workbook(name, HEADINGS, lines, WIDTHS)
