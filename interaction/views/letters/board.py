"""受理中心: every letter of a site, newest first, by state, letterbox, department and urgency; and how old they are."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from interaction.queries import ageing
from interaction.queries import letter_board as queries


@require_safe
@login_required
@never_cache
def board(request: HttpRequest) -> HttpResponse:
    scope = _scope(request)
    asked = queries.Asked.read(request.GET, scope.sites)
    return render(request, "desk/letters/board.html", {
        "listing": queries.page(queries.rows(scope, asked), request.GET), "asked": asked, "sites": scope.sites,
        "choices": queries.choices(scope, asked.site), "tabs": queries.counts(scope, asked.site),
        "is_narrowed": bool(asked.state or asked.box or asked.department or asked.words), "here": "board",
    })  # fmt: skip


@require_safe
@login_required
@never_cache
def figures(request: HttpRequest) -> HttpResponse:
    """各部门来信办理情况: what is open by age, what was answered in time."""
    scope = _scope(request)
    site = queries.Asked.read(request.GET, scope.sites).site
    rows = ageing.ageing(site)
    return render(request, "desk/letters/figures.html", {
        "site": site, "sites": scope.sites, "rows": rows, "labels": ageing.labels(),
        "records": ageing.records(site), "most": max((one.total for one in rows), default=0), "here": "board",
    })  # fmt: skip


def _scope(request: HttpRequest) -> queries.Scope:
    scope = queries.Scope(request.user)
    if not scope.sites:
        raise Http404
    return scope
