"""栏目建设, 更新统计, 更新热力图, 沉默栏目, 分工缺口, 责任统计: a table on the desk, and the same as a workbook."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessment.forms.radar import SpanForm, presets, read_span
from assessment.queries import accountability as accountability_queries
from assessment.queries import build_up as build_up_queries
from assessment.queries import duty_gaps as gap_queries
from assessment.queries import heat as heat_queries
from assessment.queries import silence as silence_queries
from assessment.queries import updates as update_queries
from assessment.rules.standard import standard
from assessment.views.radar.access import all_sites, for_lookers_on, site_of
from assessment.workbook import reports as workbook
from portal import clock, parameters
from portal.models import Site

PAGE_SIZE, HEAT_SIZE = 20, 40
REPORTS = (
    ("updates", "更新统计", "desk:report_updates"),
    ("heat", "更新热力图", "desk:report_heat"),
    ("silence", "沉默栏目", "desk:report_silence"),
    ("build_up", "栏目建设", "desk:report_build_up"),
    ("gaps", "分工缺口", "desk:report_gaps"),
    ("accountability", "责任统计", "desk:report_accountability"),
)
WAYS = {
    "updates": {"column": "按栏目", "unit": "按单位"},
    "accountability": {"person": "按人员", "unit": "按单位"},
}


@require_safe
@for_lookers_on
def build_up(request: HttpRequest) -> HttpResponse:
    sites, one = _sites(request)
    rows = build_up_queries.gaps([one] if one else sites)
    return _page(request, "build_up", {
        "sites": sites, "about": one, "has_all": True, "listing": _slice(request, rows), "number": len(rows),
        "need": parameters.value("build_up_least"), "clause": standard()["build_up"]["clause"],
        "missing": sum(row.missing for row in rows),
    })  # fmt: skip


@require_safe
@for_lookers_on
def build_up_export(request: HttpRequest) -> HttpResponseBase:
    sites, one = _sites(request)
    return workbook.build_up(build_up_queries.gaps([one] if one else sites))


@require_safe
@for_lookers_on
def updates(request: HttpRequest) -> HttpResponse:
    sites, one = _sites(request)
    form, by = read_span(request.GET), _by(request, "column", "unit")
    if not form.is_valid():
        return _page(request, "updates", {"sites": sites, "about": one, "form": form, "by": by}, 422)
    rows = _figures(by, [one] if one else sites, form)
    return _page(request, "updates", {
        "sites": sites, "about": one, "has_all": True, "form": form, "by": by, "listing": _slice(request, rows),
        "most": max((row.items for row in rows), default=0), "silent": [row for row in rows if row.is_silent],
        "items": sum(row.items for row in rows), "changes": sum(row.updates for row in rows), "number": len(rows),
    })  # fmt: skip


@require_safe
@for_lookers_on
def updates_export(request: HttpRequest) -> HttpResponseBase:
    sites, one = _sites(request)
    form, by = read_span(request.GET), _by(request, "column", "unit")
    if not form.is_valid():
        return _page(request, "updates", {"sites": sites, "about": one, "form": form, "by": by}, 422)
    return workbook.updates(_figures(by, [one] if one else sites, form), by, *form.span)


@require_safe
@for_lookers_on
def heat(request: HttpRequest) -> HttpResponse:
    sites = all_sites()
    site, today = site_of(request, sites), clock.today()
    rows = heat_queries.heat(site, today)
    listing = Paginator(rows, HEAT_SIZE).get_page(request.GET.get("page"))
    return _page(request, "heat", {
        "sites": sites, "about": site, "listing": listing, "weeks": heat_queries.weeks(today), "number": len(rows),
    })  # fmt: skip


@require_safe
@for_lookers_on
def heat_export(request: HttpRequest) -> HttpResponseBase:
    site, today = site_of(request, all_sites()), clock.today()
    return workbook.heat(site, heat_queries.heat(site, today), heat_queries.weeks(today))


@require_safe
@for_lookers_on
def silence(request: HttpRequest) -> HttpResponse:
    by = _by(request, "site", "unit")
    rows = silence_queries.silences(clock.today(), by=by)
    listing = _slice(request, rows)
    return _page(request, "silence", {
        "by": by, "listing": listing, "most": max((row.days or 0 for row in rows), default=0), "number": len(rows),
        "groups": [(silence_queries.group_of(row, by), row) for row in listing],
    })  # fmt: skip


@require_safe
@for_lookers_on
def silence_export(request: HttpRequest) -> HttpResponseBase:
    by = _by(request, "site", "unit")
    return workbook.silences(silence_queries.silences(clock.today(), by=by))


@require_safe
@for_lookers_on
def gaps(request: HttpRequest) -> HttpResponse:
    sites = all_sites()
    site = site_of(request, sites)
    rows = gap_queries.gaps(site)
    return _page(request, "gaps", {
        "sites": sites, "about": site, "listing": _slice(request, rows), "number": len(rows),
        "bare": sum(row.unit is None for row in rows),
    })  # fmt: skip


@require_safe
@for_lookers_on
def gaps_export(request: HttpRequest) -> HttpResponseBase:
    site = site_of(request, all_sites())
    return workbook.gaps(site, gap_queries.gaps(site))


@require_safe
@for_lookers_on
def accountability(request: HttpRequest) -> HttpResponse:
    sites, one = _sites(request)
    form, by = read_span(request.GET), _by(request, "person", "unit")
    if not form.is_valid():
        return _page(request, "accountability", {"sites": sites, "about": one, "form": form, "by": by}, 422)
    rows = _records(by, [one] if one else sites, form)
    return _page(request, "accountability", {
        "sites": sites, "about": one, "has_all": True, "form": form, "by": by, "listing": _slice(request, rows),
        "labels": accountability_queries.LABELS.values(), "number": len(rows),
        "most": max((row.total for row in rows), default=0),
    })  # fmt: skip


@require_safe
@for_lookers_on
def accountability_export(request: HttpRequest) -> HttpResponseBase:
    sites, one = _sites(request)
    form, by = read_span(request.GET), _by(request, "person", "unit")
    if not form.is_valid():
        return _page(request, "accountability", {"sites": sites, "about": one, "form": form, "by": by}, 422)
    return workbook.accountability(_records(by, [one] if one else sites, form), *form.span)


def _figures(by: str, sites: list[Site], form: SpanForm) -> list[update_queries.Figure]:
    read = update_queries.by_unit if by == "unit" else update_queries.by_column
    return read(sites, *form.span)


def _records(by: str, sites: list[Site], form: SpanForm) -> list[accountability_queries.Record]:
    read = accountability_queries.by_unit if by == "unit" else accountability_queries.by_person
    return read(sites, *form.span)


def _sites(request: HttpRequest) -> tuple[list[Site], Site | None]:
    """All sites, and the one that was asked for, if any."""
    sites = all_sites()
    return sites, site_of(request, sites) if request.GET.get("site") else None


def _by(request: HttpRequest, *ways: str) -> str:
    asked = request.GET.get("by", "")
    return asked if asked in ways else ways[0]


def _slice(request: HttpRequest, rows: Sequence[Any]) -> Page:
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))


def _page(request: HttpRequest, report: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    kept = request.GET.copy()
    kept.pop("page", None)
    shared = {
        "here": "reports", "report": report, "reports": REPORTS, "presets": presets() if "form" in context else [],
        "query": kept.urlencode(), "export": f"desk:report_{report}_export",
        "ways": WAYS.get(report),
        "title": next(label for key, label, _ in REPORTS if key == report),
    }  # fmt: skip
    return render(request, f"desk/reports/{report}.html", shared | context, status=status)
