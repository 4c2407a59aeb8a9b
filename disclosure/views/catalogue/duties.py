"""政府信息公开责任分工表: to look at, to print, to take away as a workbook."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from disclosure.queries.duties import table
from disclosure.views.catalogue.scope import HERE, scope
from disclosure.workbook.duties import write


@require_safe
@login_required
@never_cache
def duties(request: HttpRequest) -> HttpResponse:
    seen = scope(request)
    lines = table(seen.office.site)
    return render(request, "desk/catalogue/duties.html", {
        "scope": seen, "lines": lines, "unassigned": [one for one in lines if one.is_nobodys],
        "here": HERE, "tab": "duties",
    })  # fmt: skip


@require_safe
@login_required
@never_cache
def export(request: HttpRequest) -> HttpResponse:
    office = scope(request).office
    return write(office, table(office.site))
