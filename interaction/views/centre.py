"""受理中心 on the desk: everything that people sent, channel by channel."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from interaction.queries import channels
from interaction.queries.letter_board import Scope
from interaction.rules import letters as rules


@require_safe
@login_required
@never_cache
def centre(request: HttpRequest) -> HttpResponse:
    sites = channels.sites_of(request.user)
    if not sites:
        raise Http404
    boxes = [box for box in Scope(request.user).boxes if rules.receives(request.user, box)]
    return render(request, "desk/interaction/centre.html", {
        "standings": channels.standings(sites), "boxes": boxes, "here": "centre",
    })  # fmt: skip
