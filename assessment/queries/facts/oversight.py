"""What oversight found: reminders issued and lapsed, faults of inspections, violations on record."""

from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from assessment.enums.inspections import CheckResult, ViolationState
from assessment.enums.schemes import IndicatorKind as K
from assessment.enums.slips import SlipState
from assessment.models import InspectionCheck, ReminderSlip, Violation
from assessment.queries.facts.base import Fact, Line, Options, moments, register
from assessment.rules.points import Tally, Window
from portal import clock

COSTS = frozenset({K.DEDUCTED, K.COUNTED})


def issued(window: Window, options: Options) -> QuerySet[ReminderSlip]:
    """Slips issued in the window, but for those excused."""
    begins, ends = moments(window)
    rows = ReminderSlip.objects.filter(issued_at__gte=begins, issued_at__lt=ends)
    return (
        rows.exclude(state=SlipState.EXCUSED).select_related("column", "site").order_by("-issued_at", "-pk")
    )


def lapsed(window: Window, options: Options) -> QuerySet[ReminderSlip]:
    begins, ends = moments(window)
    rows = ReminderSlip.objects.filter(state=SlipState.LAPSED, ended_at__gte=begins, ended_at__lt=ends)
    return rows.select_related("column", "site").order_by("-ended_at", "-pk")


def faults(window: Window, options: Options) -> QuerySet[InspectionCheck]:
    begins, ends = moments(window)
    rows = InspectionCheck.objects.filter(
        result=CheckResult.FAULT, checked_at__gte=begins, checked_at__lt=ends
    )
    return rows.select_related("column", "inspection").order_by("-checked_at", "-pk")


def violations(window: Window, options: Options) -> QuerySet[Violation]:
    rows = Violation.objects.filter(state=ViolationState.RECORDED, on__range=window)
    if item := options.get("item"):
        rows = rows.filter(item=item)
    return rows.order_by("-on", "-pk")


def tally_issued(window: Window, options: Options) -> dict[int, Tally]:
    return _numbers(issued(window, options))


def tally_lapsed(window: Window, options: Options) -> dict[int, Tally]:
    return _numbers(lapsed(window, options))


def tally_violations(window: Window, options: Options) -> dict[int, Tally]:
    return _numbers(violations(window, options))


def tally_faults(window: Window, options: Options) -> dict[int, Tally]:
    """The points that the inspectors took off, added up."""
    rows = faults(window, options).order_by().values("unit").annotate(n=Sum("points"))
    return {row["unit"]: Tally(row["n"]) for row in rows}


def slip_line(row: ReminderSlip, is_counted: bool) -> Line:
    what = f"{row.number}：{row.column or row.site}，{row.rule}"
    on = clock.local(row.issued_at).date()
    return Line(
        row.pk, row.unit_id, what, on, is_counted, row.get_absolute_url(), why=row.get_state_display()
    )


def fault_line(row: InspectionCheck, is_counted: bool) -> Line:
    on, cost = clock.local(row.checked_at).date(), f"扣 {row.points.normalize():f} 分"
    what = f"{row.inspection}：{row.column}，{row.label}"
    return Line(row.pk, row.unit_id, what, on, is_counted, row.inspection.get_absolute_url(), why=cost)


def violation_line(row: Violation, is_counted: bool) -> Line:
    return Line(row.pk, row.unit_id, row.label, row.on, is_counted, "", why=row.clause)


def _numbers(rows: QuerySet) -> dict[int, Tally]:
    found = rows.order_by().values("unit").annotate(n=Count("pk"))
    return {row["unit"]: Tally(Decimal(row["n"])) for row in found}


register(
    Fact(
        "slips_issued", "收到提醒单", "张", "期内发给本单位的更新提醒单；不予追究的不计。",
        "slip", COSTS, "unit", tally_issued, issued, issued, slip_line,
    ),
    Fact(
        "slips_lapsed", "提醒单逾期未改进", "张", "期内到期仍未改进的更新提醒单。",
        "slip", COSTS, "unit", tally_lapsed, lapsed, lapsed, slip_line,
    ),
    Fact(
        "inspection_points", "检查扣分", "分", "期内检查发现问题所扣的分数，逐项相加。",
        "check", COSTS, "unit", tally_faults, faults, faults, fault_line,
    ),
    Fact(
        "violations", "违规情形", "次", "期内记录在案的违规情形；已撤销的不计。",
        "violation", COSTS, "unit", tally_violations, violations, violations, violation_line,
    ),
)  # fmt: skip
