"""An annual report as it is shown: from the records while it is put together, from what was kept once it is issued."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from disclosure.enums.reports import ReportState
from disclosure.models import AnnualReport
from disclosure.queries import annual
from disclosure.queries.offices import office_of
from disclosure.queries.reports import Computed, computed
from disclosure.rules.annual_checks import Check, Tables
from disclosure.rules.annual_tables import Table
from disclosure.rules.annual_texts import Year, proposals


@dataclass(frozen=True)
class Change:
    """A number that is not what it was when the report was issued."""

    table: int
    row: str
    column: str
    was: Any
    now: Any


@dataclass(frozen=True)
class Shown:
    report: AnnualReport
    organ: str
    texts: Mapping[str, str]
    tables: Tables
    checks: Sequence[Check]
    entered: Mapping[str, Any]
    reason: str = ""
    proposals: Mapping[str, str] = field(default_factory=dict)

    @property
    def failing(self) -> list[Check]:
        return [one for one in self.checks if not one.holds]


def shown(report: AnnualReport) -> Shown:
    if report.state == ReportState.ISSUED:
        return _issued(report)
    found, organ = computed(report.site, report.year, report.entered), _organ(report)
    return Shown(
        report, organ, report.texts, found.tables, found.checks, report.entered,
        proposals=proposals(_year(report, organ, found)),
    )  # fmt: skip


def _issued(report: AnnualReport) -> Shown:
    kept = report.snapshot
    return Shown(
        report, kept["organ"], kept["texts"], Tables.read(kept["tables"]),
        [Check.read(one) for one in kept["checks"]], kept["entered"], kept["reason"],
    )  # fmt: skip


def _organ(report: AnnualReport) -> str:
    office = office_of(report.site)
    return office.organ if office else report.site.name


def _year(report: AnnualReport, organ: str, found: Computed) -> Year:
    return Year(
        organ, report.year, found.tables, annual.published(report.site, report.year),
        annual.fees(report.site, report.year),
    )  # fmt: skip


def changes_since(report: AnnualReport) -> list[Change]:
    """What the records say otherwise today than the issued report, cell by cell."""
    kept = Tables.read(report.snapshot["tables"])
    now = computed(report.site, report.year, report.snapshot["entered"]).tables
    pairs = ((2, kept.proactive, now.proactive), (3, kept.requests, now.requests),
             (4, kept.proceedings, now.proceedings))  # fmt: skip
    return [one for number, was, is_ in pairs for one in _differences(number, was, is_)]


def _differences(number: int, was: Table, now: Table) -> list[Change]:
    found = []
    for row in was.rows:
        today = now.row(row.key).values
        for name, before, after in zip(was.columns, row.values, today, strict=not row.is_heading):
            if before != after:
                found.append(Change(number, row.label, name, before, after))
    return found
