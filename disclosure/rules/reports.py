"""Who puts an annual report together, who issues it, by when; and what proves an issued one."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from columns import rules as column_rules
from columns.rules import Seat, Visitor
from disclosure.enums.reports import ReportState
from disclosure.enums.requests import Party
from disclosure.models import AnnualReport, Office
from disclosure.rules.annual_form import FIGURES
from portal import parameters
from portal.enums import Power
from portal.models import User
from portal.once import once

OVERSEE = (Power.INSPECT, Power.AUDIT)


def offices(user: Visitor) -> list[Office]:
    """The disclosure offices in which `user` sits with 答复: theirs are the reports. Once per request."""
    if not isinstance(user, User) or not column_rules.powers_of(user).sites_with(Power.ANSWER):
        return []
    return once(user, "disclosure_offices", lambda: _offices(user))


def _offices(user: User) -> list[Office]:
    sites = column_rules.powers_of(user).sites_with(Power.ANSWER)
    rows = Office.objects.filter(site__in=sites).select_related("site", "department")
    return [one for one in rows if _seat(user, one) is not None]


def _seat(user: Visitor, office: Office) -> Seat | None:
    seats = column_rules.seats(user, Power.ANSWER, office.site_id)
    return next((one for one in seats if one.department_id == office.department_id), None)


def keeps(user: Visitor, site_id: int) -> bool:
    """Whether `user` belongs to the disclosure office of the site."""
    return any(one.site_id == site_id for one in offices(user))


def signs(user: Visitor, site_id: int) -> bool:
    return column_rules.powers_of(user).has_on_site(Power.SIGN, site_id)


def oversees(user: Visitor, site_id: int) -> bool:
    return any(column_rules.powers_of(user).has_on_site(power, site_id) for power in OVERSEE)


def seen_sites(user: Visitor) -> set[int]:
    """Ids of the sites whose reports, drafts included, `user` may see."""
    return {one.site_id for one in offices(user)} | column_rules.powers_of(user).sites_with(
        Power.SIGN, *OVERSEE
    )


def may_see(user: Visitor, report: AnnualReport) -> bool:
    return report.site_id in seen_sites(user)


def why_not(user: User, verb: str, report: AnnualReport) -> str:
    """Why `user` may not `verb` this report; "" when they may. Unknown verbs raise KeyError."""
    move = AnnualReport.workflow[verb]
    if move.power == Party.OFFICE:
        return "" if keeps(user, report.site_id) else f"只有公开工作机构的人员可以{move.label}"
    if not signs(user, report.site_id):
        return f"{move.label}须由有全站签发权限的人进行"
    barred = report.writers if verb == "issue" else set[int]()
    if user.pk in barred:
        return "不能签发自己编制的报告"
    if column_rules.principals(user) & barred:
        return "您正代理报告的编制人，不能签发被代理人编制的报告"
    return ""


def acting_for(user: User, verb: str, report: AnnualReport) -> User | None:
    """In whose place `user` makes this move under a delegation (办法第十条)."""
    power = Power.ANSWER if AnnualReport.workflow[verb].power == Party.OFFICE else Power.SIGN
    return column_rules.acting_for_site(user, power, report.site_id)


def due_on(year: int) -> date:
    """The day by which the report of `year` must be public: 次年 1 月 31 日前 (条例第四十九条)."""
    return date(year + 1, 1, parameters.value("annual_report_day") or 31)


def figures_of(entered: Mapping[str, Any]) -> dict[str, int | Decimal]:
    """The numbers that the office entered, without who and when."""
    found: dict[str, int | Decimal] = {}
    for figure in FIGURES:
        if said := entered.get(figure.key):
            value = Decimal(said["value"])
            found[figure.key] = value if figure.is_money else int(value)
    return found


def digest(report: AnnualReport, snapshot: Mapping[str, Any]) -> str:
    """SHA-256 over what was issued: which site and year, texts, tables, checks and the cases behind the numbers."""
    said = [report.site.key, report.year, report.kind, snapshot]
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def is_sound(report: AnnualReport) -> bool:
    """Whether an issued report still is what was issued."""
    return report.state == ReportState.ISSUED and digest(report, report.snapshot) == report.digest
