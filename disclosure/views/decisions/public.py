"""答复 for the applicant, who has shown number and password: opened (that is its delivery), letter and files saved."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from disclosure.models import Decision
from disclosure.operations import deliveries
from disclosure.queries import decisions as queries
from disclosure.rules import decisions as rules
from disclosure.views.decisions.finding import sent
from disclosure.views.requests.tracking import own
from portal.posting import stays_open


@stays_open
@require_POST
def open_answer(request: HttpRequest, code: str) -> HttpResponse:
    """打开答复书: what was to be looked at on line is delivered with it."""
    found = own(request, code)
    deliveries.open_online(found)
    return redirect(found.site.url(f"disclosure/requests/track/{code}/"))


@require_safe
@never_cache
def letter(request: HttpRequest, code: str) -> FileResponse:
    decision = _opened(request, code)
    if decision.letter is None:
        raise Http404
    return sent(decision.letter)


@require_safe
@never_cache
def file(request: HttpRequest, code: str, pk: int) -> FileResponse:
    """What is given out; never an original."""
    found = get_object_or_404(queries.files_of(_opened(request, code)), pk=pk)
    return sent(found.file, found.given_name)


def _opened(request: HttpRequest, code: str) -> Decision:
    decision = rules.sent_decision(own(request, code))
    if decision is None or not rules.is_open_to_applicant(decision):
        raise Http404
    return decision
