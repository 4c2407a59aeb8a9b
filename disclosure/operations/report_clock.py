"""年度报告的期限: from 1 January the disclosure office has last year's to make, and is called around the date."""

from datetime import timedelta

from disclosure.enums.reports import ReportKind, ReportState
from disclosure.models import AnnualReport, Office
from disclosure.operations.reports import open_draft
from disclosure.queries import reports as queries
from disclosure.rules import reports as rules
from portal import clock, limits, parameters
from portal.models import User
from portal.sweeps import sweep


@sweep("annual_reports", every=timedelta(hours=1), label="年度报告到期提醒")
def remind() -> int:
    """Of every site with a disclosure office. Quiet on days off; returns how many people were told."""
    if not limits.is_time(limits.MORNING):
        return 0
    year = clock.today().year - 1
    wanted = [
        (office, kind) for office in Office.objects.select_related("site") for kind in ReportKind.values
    ]
    return sum(_call(_report(office, year, kind)) for office, kind in wanted)


def _report(office: Office, year: int, kind: str) -> AnnualReport | None:
    """The draft is there from January on; of a year that went before the first report, nobody is asked later."""
    rows = AnnualReport.objects.filter(site=office.site, year=year, kind=kind).select_related("site")
    found = rows.defer("snapshot").first()
    if found is None and clock.today() <= rules.due_on(year):
        found = open_draft(office.site, year, by=User.objects.system(), kind=kind)
    return found


def _call(report: AnnualReport | None) -> int:
    """Once in January, once before the date, on each working day after it."""
    if report is None or report.state == ReportState.ISSUED:
        return 0
    due, today, url = rules.due_on(report.year), clock.today(), report.get_absolute_url()
    people, key = queries.keepers(report.site), f"annual-report-{report.pk}"
    if today > due:
        title = f"{report}已逾期：应于 {due:%Y-%m-%d} 前公布"
        return limits.tell_once(people, title, url, f"{key}-late-{today:%Y%m%d}")
    told = limits.tell_once(people, f"请编制{report}，{due:%Y-%m-%d} 前公布", url, f"{key}-begin")
    if (due - today).days <= (parameters.value("annual_report_warning_days") or 0):
        left = (due - today).days
        told += limits.tell_once(people, f"{report}还有 {left} 天到期，尚未签发", url, f"{key}-near")
    return told
