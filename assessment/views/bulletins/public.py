"""通报 that were made public (质监第二十二条, 慈溪第三十一条)."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from assessment.models import Bulletin
from assessment.queries import bulletins as queries
from assessment.rules import bulletins as rules
from portal.todos import PAGE_SIZE
from portal.views.papers import answer


@require_safe
def bulletins(request: HttpRequest) -> HttpResponse:
    listing = Paginator(queries.public(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "public/assessment/bulletins.html", {"listing": listing, "here": "bulletins"})


@require_safe
def bulletin(request: HttpRequest, pk: int) -> HttpResponse:
    row = find(request, pk)
    context = {"bulletin": row, "paper": queries.paper_of(row), "here": "bulletins"}
    return render(request, "public/assessment/bulletin.html", context)


@require_safe
def export(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    return answer(queries.paper_of(find(request, pk)), form)


def find(request: HttpRequest, pk: int) -> Bulletin:
    row = get_object_or_404(Bulletin, pk=pk, is_public=True)
    if not rules.may_see(request.user, row):
        raise Http404
    return row
