"""办理公示: what became of applications, looked up by number."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from disclosure.queries import result_notices as queries
from disclosure.queries import services
from portal import parameters
from portal.richtext import one_line

PAGE_SIZE = 20


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """`?q=`: the whole number, or words of the item."""
    words = one_line(request.GET.get("q", ""))[:60]
    rows = queries.matching(queries.public(services.offering(request.site)), words)
    return render(request, "public/services/results.html", {
        "listing": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")), "words": words, "here": "results",
        "kept": parameters.value(queries.KEPT),
    })  # fmt: skip
