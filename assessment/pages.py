"""Public pages of assessment: scoreboards, what was announced, reports on the site."""

from collections.abc import Iterable
from typing import Any

from assessment.models import Round, UnitScore
from assessment.queries import boards, bulletins
from disclosure.enums.reports import ReportKind
from disclosure.queries import reports
from portal import pages
from portal.models import PublishedPage, Site
from portal.pages import Address, Kind

SCORES, BULLETINS, REPORTS = "scoreboard/", "scoreboard/bulletins/", "website-reports/"
MENTIONS = "scoreboard/mentions/"
SCOREBOARD, ANNOUNCED = "scoreboard", "announced"


def of_round(obj: Any) -> Iterable[Address]:
    """Every board may name the round before or after it; they are few, and they change with a month."""
    return _lying(SCOREBOARD)


def of_announcement(obj: Any) -> Iterable[Address]:
    return _lying(ANNOUNCED)


def _lying(kind: str) -> list[Address]:
    return [Address(*row) for row in PublishedPage.objects.filter(kind=kind).values_list("site", "path")]


def _scoreboards(site: Site) -> Iterable[str]:
    """One house, one scoreboard: on the main site unasked, on the others when somebody looks."""
    yield SCORES
    if site.is_main:
        rounds = Round.objects.filter(state__in=boards.PUBLIC)
        yield from (f"{SCORES}{pk}/" for pk in rounds.values_list("pk", flat=True))
        units = UnitScore.objects.filter(round__in=rounds).values_list("round", "unit")
        yield from (f"{SCORES}{pk}/units/{unit}/" for pk, unit in units)


def _announced(site: Site) -> Iterable[str]:
    years = reports.public(site, ReportKind.WEBSITE).values_list("year", flat=True)
    yield from (BULLETINS, MENTIONS, REPORTS, *(f"{REPORTS}{year}/" for year in years))
    if site.is_main:
        yield from (f"{BULLETINS}{pk}/" for pk in bulletins.public().values_list("pk", flat=True))


pages.register(Kind(SCOREBOARD, rf"{SCORES}(\d+/(units/\d+/)?)?", _scoreboards, rank=5, turns_daily=True))
pages.register(
    Kind(ANNOUNCED, rf"{BULLETINS}(\d+/)?|{MENTIONS}|{REPORTS}(\d+/)?", _announced, rank=5, turns_daily=True)
)
for name in ("round", "unitscore", "indicatorscore", "objection", "scheme"):
    pages.show(f"assessment.{name}", of_round)
for model in ("assessment.bulletin", "assessment.mention", "disclosure.annualreport"):
    pages.show(model, of_announcement)
