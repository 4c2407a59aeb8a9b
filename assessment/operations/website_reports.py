"""政府网站工作年度报表: what only the office knows is entered, the rest counted; issued, it is kept as it was."""

from collections.abc import Mapping
from typing import Any

from assessment.queries import website_report as queries
from assessment.rules import website_form as form
from disclosure.enums.reports import ReportKind
from disclosure.models import AnnualReport
from disclosure.operations import reports
from portal import clock
from portal.models import Site, User
from portal.workflow import Refused


def begin(site: Site, year: int, *, by: User) -> AnnualReport:
    return reports.begin(site, year, by=by, kind=ReportKind.WEBSITE)


def enter(report: AnnualReport, said: Mapping[str, Any], *, by: User, version: int) -> AnnualReport:
    """填报: each answer with who and when; what did not change keeps its own, what is empty is taken out."""
    entered: dict[str, Any] = dict(report.entered)
    for line in form.ENTERED:
        value = said.get(line.key)
        if value in (None, ""):
            entered.pop(line.key, None)
        elif entered.get(line.key, {}).get("value") != value:
            entered[line.key] = {"value": value, "by": by.name, "at": clock.now().isoformat()}
    return reports.save(report, {"entered": entered}, by=by, version=version, note="填报")


def offer(report: AnnualReport, *, by: User, version: int) -> AnnualReport:
    """提请签发. Refused while a row is empty or a part is more than its whole."""
    sheet = queries.sheet(report)
    if sheet.missing:
        raise Refused(f"还有 {len(sheet.missing)} 项没有填，如“{sheet.missing[0].label}”")
    if sheet.contradictions:
        raise Refused("；".join(sheet.contradictions))
    return reports.offer(report, by=by, version=version)


def issue(report: AnnualReport, *, by: User, version: int) -> AnnualReport:
    """签发: the counted rows as they stand now, and what was entered."""
    return reports.issue_with(report, _snapshot, by=by, version=version)


def _snapshot(report: AnnualReport) -> dict[str, Any]:
    return {"values": queries.counted(report.site, report.year), "entered": report.entered}
