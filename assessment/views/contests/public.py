"""评比结果 as readers see it (慈溪第三十二条): what was published, how it was counted, every place."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessment.queries import contests as queries
from assessment.rules import contests as rules

PAGE_SIZE = 20


@require_safe
@never_cache
def contests(request: HttpRequest) -> HttpResponse:
    listing = Paginator(queries.public(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "public/contests/list.html", {"listing": listing})


@require_safe
@never_cache
def contest(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.public(), pk=pk)
    return render(request, "public/contests/one.html", {"contest": found, "vote_rule": rules.VOTE_RULE})
