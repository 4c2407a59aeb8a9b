"""受理中心: every letter of a site, newest first, by state, letterbox, department and urgency; and how old they are."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from interaction.queries import ageing
from interaction.queries import letter_board as queries
from portal.models import Site


@require_safe
@login_required
@never_cache
def board(request: HttpRequest) -> HttpResponse:
    sites = _sites(request)
    asked = queries.Asked.read(request.GET, sites)
    return render(request, "desk/letters/board.html", {
        "listing": queries.page(queries.rows(request.user, asked), request.GET), "asked": asked, "sites": sites,
        "choices": queries.choices(asked.site), "tabs": queries.counts(request.user, asked.site),
        "is_narrowed": bool(asked.state or asked.box or asked.department or asked.words), "here": "board",
    })  # fmt: skip


@require_safe
@login_required
@never_cache
def figures(request: HttpRequest) -> HttpResponse:
    """各部门来信办理情况: what is open by age, what was answered in time."""
    sites = _sites(request)
    site = queries.Asked.read(request.GET, sites).site
    rows = ageing.ageing(site)
    return render(request, "desk/letters/figures.html", {
        "site": site, "sites": sites, "rows": rows, "labels": ageing.labels(), "records": ageing.records(site),
        "most": max((one.total for one in rows), default=0), "here": "board",
    })  # fmt: skip


def _sites(request: HttpRequest) -> list[Site]:
    sites = queries.sites_of(request.user)
    if not sites:
        raise Http404
    return sites
