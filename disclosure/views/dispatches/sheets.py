"""签收单 to print and to take away."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from disclosure.models import Dispatch
from disclosure.queries.receipt_sheets import paper_of
from disclosure.rules import dispatches as rules
from disclosure.views.dispatches.desk import SENT, find
from portal.refusals import unseen
from portal.views.papers import answer


@require_safe
@login_required
@never_cache
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    return render(
        request, "desk/dispatches/sheet.html", {"dispatch": found, "paper": paper_of(found), "here": SENT}
    )


@require_safe
@login_required
@never_cache
def export(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    return answer(paper_of(_found(request, pk)), form)


def _found(request: HttpRequest, pk: int) -> Dispatch:
    found = find(request, pk)
    if not rules.may_see_receipts(request.user, found):
        raise unseen(request, found, "签收单由发文人员查看")
    return found
