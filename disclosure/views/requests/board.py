"""依申请公开: every request of a site, newest first, by state, channel, applicant, department and urgency."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from disclosure.queries import request_board as queries


@require_safe
@login_required
@never_cache
def board(request: HttpRequest) -> HttpResponse:
    scope = queries.Scope.of(request.user)
    if not scope.sites:
        raise Http404
    asked = queries.Asked.read(request.GET, scope.sites)
    return render(request, "desk/requests/board.html", {
        "listing": queries.page(queries.rows(scope, asked), request.GET), "asked": asked, "sites": scope.sites,
        "choices": queries.choices(), "tabs": queries.counts(scope, asked.site),
        "types_in": scope.types_in(asked.site), "here": "requests_board",
    })  # fmt: skip
