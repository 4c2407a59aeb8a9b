"""年度报告 (条例第四十九、五十条): put together part by part, offered, issued, and kept as it was issued."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from django.db import transaction

from columns import queries as column_queries
from disclosure.enums.reports import ReportKind
from disclosure.models import AnnualReport
from disclosure.queries import annual_odd
from disclosure.queries import reports as queries
from disclosure.queries.offices import office_of
from disclosure.rules import reports as rules
from disclosure.rules.annual_form import FIGURES, MOST_FIGURE, MOST_MONEY, PARTS
from portal import audit, clock, notices
from portal.enums import NoticeKind, Power
from portal.models import Site, User
from portal.workflow import NotAllowed, Refused, TooLate, fire

FIRST_YEAR = 2008
"""The regulation came into force on 1 May 2008."""

_fire = partial(fire, why_not=rules.why_not, acting_for=rules.acting_for)


@transaction.atomic
def begin(site: Site, year: int, *, by: User, kind: str = ReportKind.DISCLOSURE) -> AnnualReport:
    """编制: the draft of a year that has begun. One that is there already is opened, not made anew."""
    report = AnnualReport(site=site, year=year, kind=kind, saved_by=by, saved_at=clock.now())
    if reason := rules.why_not(by, "save", report):
        raise NotAllowed(reason)
    if not FIRST_YEAR <= year <= clock.today().year:
        raise Refused(f"年度应在 {FIRST_YEAR} 年至 {clock.today().year} 年之间", "year")
    return open_draft(site, year, by=by, kind=kind)


@transaction.atomic
def open_draft(site: Site, year: int, *, by: User, kind: str = ReportKind.DISCLOSURE) -> AnnualReport:
    """The report of the year; made by whoever comes first, a person or the sweep of 1 January."""
    report, is_new = AnnualReport.objects.get_or_create(
        site=site, year=year, kind=kind, defaults={"saved_by": by, "saved_at": clock.now()}
    )
    if is_new:
        audit.record("begin", "编制年度报告", report, actor=by)
    return report


def say(report: AnnualReport, part: str, text: str, *, by: User, version: int) -> AnnualReport:
    """Save one part. Raises TooLate when somebody saved since `version`; unknown parts raise KeyError."""
    texts = report.texts | {part: text.strip()}
    return save(report, {"texts": texts}, by=by, version=version, note=PARTS[part])


def enter(
    report: AnnualReport, figures: Mapping[str, Decimal | int | None], *, by: User, version: int
) -> AnnualReport:
    """填报: the figures that only the office knows, each with who and when; what did not change keeps its own."""
    entered: dict[str, Any] = dict(report.entered)
    for figure in FIGURES:
        value = figures.get(figure.key)
        if value is None:
            entered.pop(figure.key, None)
            continue
        if not 0 <= value <= (MOST_MONEY if figure.is_money else MOST_FIGURE):
            raise Refused("数目太大或小于零，请核对", figure.key)
        said = f"{Decimal(value):f}"
        if entered.get(figure.key, {}).get("value") != said:
            entered[figure.key] = {"value": said, "by": by.name, "at": clock.now().isoformat()}
    return save(report, {"entered": entered}, by=by, version=version, note="填报表二")


def save(report: AnnualReport, changes: dict[str, Any], *, by: User, version: int, note: str) -> AnnualReport:
    changes |= {"version": version + 1, "saved_by": by, "saved_at": clock.now()}
    report = _fire(report, "save", actor=by, changes=changes, version=version, note=note)
    del report.skip_history_when_saving
    report.save()  # its words and figures are texts: the history keeps what they were
    return report


@transaction.atomic
def offer(report: AnnualReport, *, by: User, version: int) -> AnnualReport:
    """提请签发: whoever signs is told. Refused while a part is empty."""
    parts = PARTS if report.kind == ReportKind.DISCLOSURE else {}
    if missing := [PARTS[part] for part in parts if not report.texts.get(part, "").strip()]:
        raise Refused(f"还没有写：{'、'.join(missing)}")
    report = _fire(report, "offer", actor=by, version=version)
    people = column_queries.site_holders(report.site, Power.SIGN).filter(is_active=True)
    people = people.exclude(pk__in=report.writers)
    notices.settle(report.get_absolute_url())
    notices.tell(people, f"请签发：{report}", kind=NoticeKind.TODO, url=report.get_absolute_url())
    return report


def take_back(report: AnnualReport, *, by: User) -> AnnualReport:
    return _moved(_fire(report, "take_back", actor=by))


@transaction.atomic
def return_(report: AnnualReport, *, by: User, note: str) -> AnnualReport:
    """退回 with a reason, which its writers are told."""
    report = _moved(_fire(report, "return_", actor=by, note=note))
    notices.tell(
        queries.keepers(report.site), f"{report}已退回", kind=NoticeKind.TODO, body=note.strip(),
        url=report.get_absolute_url(),
    )  # fmt: skip
    return report


def issue(report: AnnualReport, *, by: User, version: int, reason: str = "") -> AnnualReport:
    """签发: what it says now is kept with the cases behind it, and proved by its digest. Refused while a check fails,
    unless a reason is given, which stands on the report's page.
    """
    reason = reason.strip()[:500]

    def snapshot(report: AnnualReport) -> dict[str, Any]:
        found = queries.computed(report.site, report.year, report.entered)
        if found.failing and not reason:
            broken = "；".join(one.rule for one in found.failing)
            raise Refused(f"勾稽关系不符，须先改正，或写明理由后签发：{broken}", "reason")
        return kept(report, found, reason)

    return issue_with(report, snapshot, by=by, version=version, note=reason)


@transaction.atomic
def issue_with(
    report: AnnualReport, snapshot: Callable[[AnnualReport], dict[str, Any]], *, by: User, version: int, note: str = ""
) -> AnnualReport:  # fmt: skip
    """签发 of a report of any kind: `snapshot` says what is kept of it, or refuses."""
    if report.year >= clock.today().year:
        raise Refused(f"{report.year} 年还没有结束，不能签发全年的报告")
    report = _fire(report, "issue", actor=by, version=version, note=note)
    report.snapshot = snapshot(report)
    report.digest = rules.digest(report, report.snapshot)
    report.issued_by, report.issued_at = by, clock.now()
    report.save()
    _moved(report)
    notices.tell(
        queries.keepers(report.site), f"{report}已签发，网站上已公布", kind=NoticeKind.RESULT,
        url=report.get_absolute_url(),
    )  # fmt: skip
    return report


def kept(report: AnnualReport, found: queries.Computed, reason: str) -> dict[str, Any]:
    office = office_of(report.site)
    if office is None:
        raise TooLate("这个站点已经没有公开工作机构，不能签发")
    return {
        "organ": office.organ, "texts": report.texts, "entered": report.entered, "tables": found.tables.kept(),
        "checks": [one.as_json() for one in found.checks], "reason": reason if found.failing else "",
        "cases": annual_odd.cases_by_fact(report.site, report.year),
    }  # fmt: skip


def _moved(report: AnnualReport) -> AnnualReport:
    notices.settle(report.get_absolute_url())
    return report
