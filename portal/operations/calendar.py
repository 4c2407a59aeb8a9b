"""The only writers of the working-day calendar: each recomputes the open limits and tells what moved."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db import transaction

from portal import audit
from portal.calendar_import import PlanRow
from portal.limits import recompute_open
from portal.models import CalendarDay, CalendarYear, Limit, User
from portal.workdays import FIRST_YEAR, LAST_YEAR, published_plan
from portal.workflow import Refused

SEED_SOURCE = "国务院办公厅历年节假日安排通知（随软件附带）"


class Imported(NamedTuple):
    """What a plan brought: days off, make-up days, and the open limits it moved."""

    off: int
    made_up: int
    moved: list[Limit]


@transaction.atomic
def set_day(day: date, is_workday: bool, note: str = "", *, by: User) -> list[Limit]:
    """Say of one day that it is worked or off, whatever the plan says."""
    _require_year(day.year)
    row, _ = CalendarDay.objects.update_or_create(date=day, defaults={"is_workday": is_workday, "note": note})
    audit.record("set_day", "调整工作日历", row, actor=by, note=note)
    return recompute_open(by=by)


@transaction.atomic
def remove_day(row: CalendarDay, *, by: User) -> list[Limit]:
    """Take back what was said of one day: the plan, or the plain week, holds again."""
    audit.record("remove_day", "撤销工作日历调整", row, actor=by, note=row.note)
    row.delete()
    return recompute_open(by=by)


@transaction.atomic
def confirm_year(year: int, source: str, *, by: User) -> list[Limit]:
    """Settle a year by the State Council's notice: from now on the table alone speaks for it, unmarked."""
    _require_year(year)
    if not source.strip():
        raise Refused("请写明依据的通知", "source")
    if not CalendarDay.objects.filter(date__year=year, is_workday=False).exists():
        raise Refused(f"{year}年还没有录入放假的日子，不能核定", "year")
    _confirm(year, source, by)
    return recompute_open(by=by)


@transaction.atomic
def import_plan(year: int, rows: Iterable[PlanRow], source: str, *, by: User) -> Imported:
    """Replace a year's days by a plan and confirm the year; days of the last December join their year."""
    _require_year(year)
    rows = list(rows)
    CalendarDay.objects.filter(date__year=year).delete()
    for row in rows:
        CalendarDay.objects.update_or_create(
            date=row.date, defaults={"is_workday": row.is_workday, "note": row.note}
        )
    made_up = sum(row.is_workday for row in rows)
    _confirm(year, source, by, note=f"放假{len(rows) - made_up}天，调休上班{made_up}天")
    return Imported(len(rows) - made_up, made_up, recompute_open(by=by))


@transaction.atomic
def seed_years(first: int = 2004, last: int = LAST_YEAR) -> int:
    """Fill the published years that nobody confirmed yet from the `holidays` package; returns the days added.

    Rows that are there are the office's and stay. Doing it again adds nothing.
    """
    settled = set(CalendarYear.objects.filter(is_confirmed=True).values_list("year", flat=True))
    years = [year for year in range(first, last + 1) if year not in settled and published_plan(year)]
    if not years:
        return 0
    kept = set(CalendarDay.objects.values_list("date", flat=True))
    rows = [
        CalendarDay(date=day, is_workday=what.is_workday, note=what.why)
        for year in years
        for day, what in (published_plan(year) or {}).items()
        if day not in kept
    ]
    CalendarDay.objects.bulk_create(rows)
    system = User.objects.system()
    for year in years:
        _confirm(year, SEED_SOURCE, system)
    recompute_open(by=system)
    return len(rows)


def _confirm(year: int, source: str, by: User, note: str = "") -> None:
    row, _ = CalendarYear.objects.update_or_create(
        year=year, defaults={"is_confirmed": True, "source": source}
    )
    audit.record("confirm_year", "核定工作日历", row, actor=by, note="；".join(filter(None, [source, note])))


def _require_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused(f"年份须在 {FIRST_YEAR} 至 {LAST_YEAR} 之间", "year")
