"""Named reads of annual reports: what one says now, what it said when it was issued, what has changed since."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from columns import queries as column_queries
from columns import rules as column_rules
from columns.rules import Visitor
from disclosure.enums.reports import ReportKind, ReportState
from disclosure.models import AnnualReport, CatalogueEntry, DisclosureRequest, Proceeding
from disclosure.queries import annual, annual_odd
from disclosure.queries.offices import office_of
from disclosure.rules import annual_checks, annual_tables
from disclosure.rules import reports as rules
from disclosure.rules.annual_checks import Check, Tables
from disclosure.rules.annual_tables import ProceedingFact, RequestFact
from portal import clock
from portal.enums import Power
from portal.models import Site, User


@dataclass(frozen=True)
class Computed:
    """The tables of a year as the records stand, with their checks."""

    tables: Tables
    checks: list[Check]

    @property
    def failing(self) -> list[Check]:
        return [one for one in self.checks if not one.holds]

    def as_json(self, year: int) -> dict[str, Any]:
        """What `annual_report --format json` prints."""
        return {
            "year": year, "tables": self.tables.as_json(), "checks": [one.as_json() for one in self.checks],
        }  # fmt: skip


def computed(site: Site, year: int, entered: Mapping[str, Any]) -> Computed:
    """Three grouped queries for the tables; what is odd in the records is looked for beside them."""
    facts, last = annual.proceeding_facts(site, year), _issued(site, year - 1)
    tables = Tables(
        annual_tables.proactive(annual.normative_facts(site, year), rules.figures_of(entered)),
        annual_tables.requests(annual.request_facts(site, year)), annual_tables.proceedings(facts),
        _old(facts),
    )  # fmt: skip
    kept = last.snapshot if last else {}
    cases, before = kept.get("cases"), kept.get("tables", {})
    odd = annual_odd.odd_requests(site, year)
    odd += annual_odd.odd_documents(site, year, cases) + annual_odd.odd_proceedings(site, year, cases)
    if cases and annual_checks.is_broken("carried", annual_checks.check(tables, before, odd)):
        odd += annual_odd.odd_carried(site, year, cases)
    return Computed(tables, annual_checks.check(tables, before, odd))


def _old(facts: Mapping[ProceedingFact, int]) -> dict[str, int]:
    found: dict[str, int] = {}
    for fact, number in facts.items():
        found[fact.kind] = found.get(fact.kind, 0) + (number if fact.is_old else 0)
    return found


def _issued(site: Site, year: int) -> AnnualReport | None:
    rows = AnnualReport.objects.filter(site=site, year=year, kind=ReportKind.DISCLOSURE)
    return rows.filter(state=ReportState.ISSUED).first()


def of_sites(sites: set[int], kind: str = ReportKind.DISCLOSURE) -> QuerySet[AnnualReport]:
    """The reports of these sites for the desk, newest first."""
    rows = AnnualReport.objects.filter(site__in=sites, kind=kind).defer("snapshot", "texts")
    return rows.select_related("site", "issued_by", "saved_by").order_by("-year", "site__position", "pk")


def public(site: Site, kind: str = ReportKind.DISCLOSURE) -> QuerySet[AnnualReport]:
    rows = AnnualReport.objects.filter(site=site, kind=kind, state=ReportState.ISSUED)
    return rows.select_related("site").order_by("-year")


def cases_of(report: AnnualReport, table: int, row: str, column: str) -> QuerySet:
    """What a number counts: of an issued report the very cases it counted then, else as the records stand."""
    if report.state == ReportState.ISSUED:
        return _model(table).objects.filter(pk__in=_kept_ids(report, table, row, column)).order_by("-pk")
    return cases_now(report.site, report.year, table, row, column)


def cases_now(site: Site, year: int, table: int, row: str, column: str) -> QuerySet:
    if table == 2:
        return annual.normative_cases(site, year, column).order_by("-pk")
    if table == 3:
        return annual.request_cases(site, year, row, column).order_by("-pk")
    return annual.proceeding_cases(site, year, row, column).select_related("request").order_by("-pk")


def _model(table: int) -> type[CatalogueEntry] | type[DisclosureRequest] | type[Proceeding]:
    return {2: CatalogueEntry, 3: DisclosureRequest, 4: Proceeding}[table]


def _kept_ids(report: AnnualReport, table: int, row: str, column: str) -> list[int]:
    kept = report.snapshot["cases"][str(table)]
    if table == 2:
        return kept[column]
    if table == 3:
        return [
            pk for *fact, ids in kept if annual_tables.holds(RequestFact(*fact), row, column) for pk in ids
        ]
    return [
        pk for kind, stands, _, ids in kept
        if kind == row and column in (annual_tables.TOTAL, stands) for pk in ids
    ]  # fmt: skip


def keepers(site: Site) -> QuerySet[User]:
    """Who puts the site's reports together: those who sit with 答复 in its disclosure office."""
    office = office_of(site)
    people = column_queries.site_holders(site, Power.ANSWER).filter(is_active=True)
    return people.filter(department=office.department_id) if office else people.none()


def waiting_for(user: Visitor) -> QuerySet[AnnualReport]:
    """Last year's reports and older ones that wait for `user`: to be put together, or to be signed."""
    keeps = {one.site_id for one in rules.offices(user)}
    signs = column_rules.powers_of(user).sites_with(Power.SIGN)
    wanted = Q(state=ReportState.DRAFT, site__in=keeps) | Q(state=ReportState.OFFERED, site__in=signs)
    rows = AnnualReport.objects.filter(wanted, year__lt=clock.today().year)
    return rows.defer("snapshot", "texts").select_related("site").order_by("year", "pk")
