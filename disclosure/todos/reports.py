"""年度报告 that wait to be put together or signed; the reports on the rail of those they concern."""

from collections.abc import Iterable

from disclosure.enums.reports import ReportState
from disclosure.models import AnnualReport
from disclosure.queries import reports as queries
from disclosure.rules import reports as rules
from portal import clock, parameters
from portal.enums import Urgency
from portal.models import User
from portal.todos import Heap, Place, Todo, register, register_places
from portal.workdays import end_of_day


def _todos(rows: Iterable[AnnualReport]) -> list[Todo]:
    return [_todo(one) for one in rows]


def _todo(one: AnnualReport) -> Todo:
    due = rules.due_on(one.year)
    days = (due - clock.today()).days
    left = f"还剩 {days} 天" if days > 0 else "今天到期" if days == 0 else f"逾期 {-days} 天"
    urgency = (
        Urgency.RED
        if days < 0
        else Urgency.AMBER
        if days <= (parameters.value("annual_report_warning_days") or 0)
        else Urgency.OK
    )
    what = "待签发" if one.state == ReportState.OFFERED else "待编制"
    return Todo(
        str(one), one.get_absolute_url(), f"{one.site} · {what}", since=one.saved_at, due_at=end_of_day(due),
        urgency=urgency, time_left=left,
    )  # fmt: skip


def _sees(user: User) -> bool:
    return bool(rules.seen_sites(user))


register(
    Heap(
        "annual_reports_due", "年度报告", 46, queries.waiting_for, _todos, lambda user: False, may_hold=_sees
    )
)
register_places(Place("annual_reports", "年度报告", 33, "desk:annual_reports", _sees, group="公开与办事"))
