"""`--demo`: last year's requests as they were put down afterwards, its report as it was issued, this year's two begun.

Nobody of the sample people was in office then: what was before them is written down, not played.
"""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils.timezone import make_aware

from assessment.operations import website_reports
from disclosure.enums.reports import ReportKind, ReportState
from disclosure.enums.requests import Channel, Delivery, IdentityKind, RequestState
from disclosure.models import AnnualReport, DisclosureRequest, Office, Proceeding, RequestYear
from disclosure.operations import reports as operations
from disclosure.queries import report_views as views
from disclosure.queries import reports as queries
from disclosure.rules import reports as rules
from disclosure.rules.annual_form import FIGURES
from portal import audit, clock
from portal.models import User
from portal.presets.scenes import rows

Row = Mapping[str, Any]
FILE, CLERK, LEADER = "annual.yaml", "bangongshi", "juzhang"
ISSUED = (1, 20)
"""The day of January on which last year's report went out."""


@transaction.atomic
def play(preset: str) -> None:
    """Once, in an office that has no report yet; after the requests of this year."""
    office = Office.objects.select_related("site", "department").first()
    people = {one.staff_number: one for one in User.objects.filter(staff_number__in=[CLERK, LEADER])}
    if office is None or len(people) < 2 or AnnualReport.objects.exists():
        return
    today = clock.today()
    year = today.year - 1 if today > date(today.year, *ISSUED) else today.year - 2
    if DisclosureRequest.objects.filter(site=office.site, year=year).exists():
        year -= 1  # early in a year some of those that are played lie before it
    if told := rows(preset, FILE, "requests"):
        made = {row["title"]: _request(office, year, place, row) for place, row in enumerate(told, start=1)}
        RequestYear.objects.update_or_create(site=office.site, year=year, defaults={"last": len(told)})
        for row in rows(preset, FILE, "proceedings"):
            _proceeding(made[row["about"]], year, row, people[CLERK])
        _issue(office, year, people, preset)
    operations.begin(office.site, today.year, by=people[CLERK])
    website_reports.begin(office.site, today.year, by=people[CLERK])


def _request(office: Office, year: int, serial: int, row: Row) -> DisclosureRequest:
    received = _day(year, row["received"])
    answered = _day(year, row["answered"]) if row["answered"] else None
    answered = answered if answered and answered <= clock.today() else None
    code = f"DR-{office.code}-{year}-{serial:04}"
    nonce = uuid5(NAMESPACE_URL, code).hex
    return DisclosureRequest.objects.create(
        site=office.site, year=year, serial=serial, code=code, nonce=nonce, password_digest=nonce,
        channel=Channel.VISIT, kind=row["kind"], name="（补录）", identity_kind=IdentityKind.OTHER,
        identity_number="（补录）",
        applicant_key=nonce, title=row["title"], wanted=row["title"], delivery=Delivery.COLLECT,
        state=RequestState.CLOSED if answered else RequestState.IN_HAND, submitted_at=_noon(received),
        arrived_on=received, received_on=received, registered_at=_noon(received), department=office.department,
        outcome=row["outcome"] if answered else "", answered_on=answered,
        closed_at=_noon(answered) if answered else None,
    )  # fmt: skip


def _proceeding(about: DisclosureRequest, year: int, row: Row, clerk: User) -> None:
    Proceeding.objects.create(
        request=about, kind=row["kind"], organ="城东区人民政府", number=f"〔{year}〕城东行复第{about.serial}号",
        filed_on=_day(year, row["filed"]), closed_on=_day(year, row["closed"]), result=row["result"], recorded_by=clerk,
    )  # fmt: skip


def _issue(office: Office, year: int, people: Mapping[str, User], preset: str) -> None:
    """As it stood on that day of January: its numbers from the records, its words from them and from the sample."""
    then = _noon(date(year + 1, *ISSUED))
    with clock.at(then):
        report = AnnualReport.objects.create(
            site=office.site, year=year, kind=ReportKind.DISCLOSURE, saved_by=people[CLERK], saved_at=then,
            entered=_entered(rows(preset, FILE, "figures"), people[CLERK], then),
        )  # fmt: skip
        report.texts = views.shown(report).proposals | {
            row["part"]: row["text"] for row in rows(preset, FILE, "texts")
        }
        found = queries.computed(office.site, year, report.entered)
        report.snapshot = operations.kept(report, found, "")
        report.digest = rules.digest(report, report.snapshot)
        report.state, report.issued_by, report.issued_at = ReportState.ISSUED, people[LEADER], then
        report.save()
    audit.record("enter", "补录已发布的年度报告", report, actor=User.objects.system())


def _entered(said: list[Row], clerk: User, then: datetime) -> dict[str, Any]:
    known = {row["row"]: str(row["value"]) for row in said}
    return {
        one.key: {"value": known[one.row], "by": clerk.name, "at": then.isoformat()}
        for one in FIGURES
        if one.row in known
    }


def _day(year: int, said: str) -> date:
    """`03-05`, or `next 01-09` of the year after."""
    month, day = said.removeprefix("next ").split("-")
    return date(year + said.startswith("next "), int(month), int(day))


def _noon(day: date) -> datetime:
    return make_aware(datetime.combine(day, time(12)))
