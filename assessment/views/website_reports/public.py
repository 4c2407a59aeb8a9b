"""政府网站工作年度报表 for readers: only what was issued."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from assessment.queries import website_report as sheets
from disclosure.enums.reports import ReportKind
from disclosure.queries import reports as queries
from portal.todos import PAGE_SIZE


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    rows = queries.public(request.site, ReportKind.WEBSITE)
    listing = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request, "public/assessment/website_reports.html", {"listing": listing, "here": "website_reports"}
    )


@require_safe
def report(request: HttpRequest, year: int) -> HttpResponse:
    found = get_object_or_404(queries.public(request.site, ReportKind.WEBSITE), year=year)
    context = {"report": found, "sheet": sheets.sheet(found), "here": "website_reports"}
    return render(request, "public/assessment/website_report.html", context)
