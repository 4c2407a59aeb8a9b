"""申请公开: the form of 条例第二十九条, and the receipt."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from disclosure.forms.requests import TITLE, OnlineForm
from disclosure.models import Office
from disclosure.operations import filing
from disclosure.queries import requests as queries
from disclosure.queries.offices import nearest_office
from portal import addresses, clock, parameters, posting, rates, uploads
from portal.workflow import Refused

HOUR = 60 * 60


@require_http_methods(["GET", "POST"])
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """提出申请. The receipt is the answer to the form itself: its password stands in no address and in no session."""
    office = nearest_office(request.site)
    if office is None:
        raise Http404
    if request.method == "GET":
        return _form(request, office, OnlineForm(initial=_known(request)))
    if closed := posting.refusal(request, office.site):
        return closed
    form = OnlineForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, office, form, 422)
    if form.cleaned_data["identity_files"] and (why_not := addresses.why_not_upload(request)):
        form.add_error("identity_files", why_not)
        return _form(request, office, form, 422)
    if not _may_send(request):
        return _form(request, office, form, 429, is_too_often=True)
    return _submitted(request, office, form)


def _submitted(request: HttpRequest, office: Office, form: OnlineForm) -> HttpResponse:
    try:
        receipt = filing.submit(
            office, form.draft, nonce=form.nonce, again=form.cleaned_data["again"], by=_signed_in(request)
        )
    except filing.SaidBefore as said:
        return _form(request, office, form, 409, earlier=said.earlier)
    except (Refused, uploads.UploadRefused) as refusal:
        field = getattr(refusal, "field", "identity_files")
        form.add_error(field if field in form.fields else None, refusal.message)
        return _form(request, office, form, 422)
    found = receipt.request
    often = queries.frequency(found.site_id, found.applicant_key, clock.today())
    most = parameters.value("requests_many")
    return render(request, "public/requests/receipt.html", {
        "receipt": receipt, "asked": found, "office": office, "here": "requests", "often": often,
        "is_many": most is not None and often.month > most,
    })  # fmt: skip


def _form(
    request: HttpRequest, office: Office, form: OnlineForm, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"office": office, "form": form, "here": "requests", **more}
    return render(request, "public/requests/new.html", context, status=status)


def _known(request: HttpRequest) -> dict[str, Any]:
    """Whoever is signed in need not type who they are; from the catalogue (`?entry=`) what they want is known."""
    user, entry = _signed_in(request), queries.known_entry(request.site, request.GET.get("entry", ""))
    who = {"name": user.name, "phone": user.phone, "email": user.email} if user else {}
    if entry is None:
        return who
    what = {"title": entry.title[:TITLE], "wanted_number": entry.document_number or entry.index_number}
    return who | what | {"wanted": f"申请获取公开目录中索引号为 {entry.index_number} 的“{entry.title}”。"}


def _may_send(request: HttpRequest) -> bool:
    """Against floods from one address; whoever lawfully asks more is shown the other ways (条例第二十九条)."""
    most = parameters.value("requests_an_hour")
    return most is None or rates.allow(rates.by_address("requests", request), most=most, seconds=HOUR)


def _signed_in(request: HttpRequest):
    return request.user if request.user.is_authenticated else None
