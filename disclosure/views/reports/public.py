"""政府信息公开工作年度报告 for readers: only what was issued, as it was issued."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from disclosure.enums.catalogue import PageKind
from disclosure.models import AnnualReport
from disclosure.queries import report_views as views
from disclosure.queries import reports as queries
from disclosure.queries.entries import of_kind, pages
from disclosure.queries.offices import office_of
from disclosure.queries.report_papers import paper_of, title_of
from disclosure.views.reports.screen import grids, sections
from portal.todos import PAGE_SIZE
from portal.views.papers import answer


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """What was issued here, and older ones that are articles. A site without an office of its own leads to the one above,
    whose report tells of it too.
    """
    above = request.site.parent
    if above and office_of(request.site) is None:
        return redirect(above.url("disclosure/reports/"))
    rows = queries.public(request.site).defer("texts")
    return render(request, "public/disclosure/reports.html", {
        "listing": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")), "here": "disclosure",
        "older": of_kind(pages(request.site), PageKind.REPORT),
    })  # fmt: skip


@require_safe
def report(request: HttpRequest, year: int) -> HttpResponse:
    found = _find(request, year)
    shown = views.shown(found)
    return render(request, "public/disclosure/report.html", {
        "report": found, "title": title_of(found, shown.organ), "sections": sections(shown), "here": "disclosure",
        "shown": shown, **grids(shown),
    })  # fmt: skip


@require_safe
def export(request: HttpRequest, year: int, form: str) -> HttpResponse:
    return answer(paper_of(views.shown(_find(request, year))), form)


def _find(request: HttpRequest, year: int) -> AnnualReport:
    return get_object_or_404(queries.public(request.site), year=year)
