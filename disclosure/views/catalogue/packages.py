"""送交图书馆、档案馆: lists and full texts of a year or a span of days as one .zip, written as it is sent."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from disclosure.forms.entries import PackageForm
from disclosure.queries.packages import of_span
from disclosure.views.catalogue.scope import HERE, scope
from disclosure.workbook import packages
from portal import clock

ASKS = ("year", "first", "last")


@require_safe
@login_required
@never_cache
def package(request: HttpRequest) -> HttpResponse:
    """The form; `take` pressed sends the package. For whoever keeps or oversees the catalogue."""
    seen = scope(request)
    if not seen.sees_closed:
        raise Http404
    is_asked = any(name in request.GET for name in ASKS)
    form = PackageForm(request.GET if is_asked else None, initial={"year": clock.today().year})
    if is_asked and form.is_valid():
        if "take" in request.GET:
            return _send(seen.office, form.span)
        number = of_span(seen.office.site, form.span).count()
    else:
        number = None
    status = 422 if is_asked and form.errors else 200
    return render(request, "desk/catalogue/package.html", {
        "scope": seen, "form": form, "number": number, "here": HERE, "tab": "packages", "query": request.GET.urlencode(),
    }, status=status)  # fmt: skip


def _send(office, span) -> StreamingHttpResponse:
    response = StreamingHttpResponse(packages.stream(office, span), content_type="application/zip")
    name = packages.name_of(office, span)
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response
