"""意见查询: whoever shows the code of a receipt reads what became of their opinion. Guessing is hopeless and slow."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from interaction.forms.opinions import TrackForm
from interaction.models import Opinion
from interaction.operations import opinions as operations
from portal import parameters, rates
from portal.posting import stays_open

QUARTER = 15 * 60
WRONG = "没有这个查询码，请对照回执再填一次"
TOO_MANY = "查询次数太多，请过 15 分钟再试"


@stays_open
@require_http_methods(["GET", "POST"])
@never_cache
def track(request: HttpRequest) -> HttpResponse:
    """The opinion is the answer to the form itself: its code stands in no address and in no session."""
    form = TrackForm(request.POST if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid():
        return _page(request, form, None, 422 if request.method == "POST" else 200)
    if not _may_try(request):
        form.add_error(None, TOO_MANY)
        return _page(request, form, None, 429)
    found = operations.find(form.cleaned_data["code"])
    if found is None:
        form.add_error("code", WRONG)
    return _page(request, form, found, 200 if found else 422)


def _page(request: HttpRequest, form: TrackForm, found: Opinion | None, status: int) -> HttpResponse:
    context = {"form": form, "opinion": found, "here": "consultations"}
    return render(request, "public/consultations/track.html", context, status=status)


def _may_try(request: HttpRequest) -> bool:
    most = parameters.value("track_tries")
    key = rates.by_address("track_opinion", request)
    return most is None or rates.allow(key, most=most, seconds=QUARTER)
