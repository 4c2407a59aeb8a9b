"""登记申请: a clerk of the disclosure office types in what came by letter, visit or fax (条例第三十一条)."""

import secrets

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from disclosure.forms.requests import TypeForm
from disclosure.models import Office
from disclosure.operations import filing
from disclosure.queries import request_board
from portal import addresses, clock, uploads
from portal.refusals import refused
from portal.workflow import NotAllowed, Refused


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def type_in(request: HttpRequest) -> HttpResponse:
    """The answer to the form is the receipt, to be printed for whoever brought it: its password is shown this once."""
    office = _office(request)
    if request.method == "GET":
        known = {"nonce": secrets.token_hex(16), "arrived_on": clock.today(), "channel": "VISIT"}
        return _form(request, office, TypeForm(office=office, initial=known))
    form = TypeForm(request.POST, request.FILES, office=office)
    if form.is_valid() and any(request.FILES.values()) and (why_not := addresses.why_not_upload(request)):
        form.add_error("scans", why_not)
    if not form.is_valid():
        return _form(request, office, form, 422)
    try:
        receipt = filing.type_in(
            office, form.draft, form.came, nonce=form.cleaned_data["nonce"], by=request.user
        )
    except (Refused, uploads.UploadRefused) as refusal:
        field = getattr(refusal, "field", "scans")
        form.add_error(field if field in form.fields else None, refusal.message)
        return _form(request, office, form, 422)
    return render(request, "desk/requests/receipt.html", {
        "receipt": receipt, "asked": receipt.request, "office": office, "here": "requests_board",
    })  # fmt: skip


def _office(request: HttpRequest) -> Office:
    """Where the person types in; whoever only looks on is told so, others that there is nothing."""
    scope = request_board.Scope.of(request.user)
    found = [one for one in scope.offices if scope.types_in(one.site)]
    wanted = request.GET.get("site", "")
    if found:
        return next((one for one in found if one.site.key == wanted), found[0])
    if request.method == "POST" and scope.offices:
        refused(request, NotAllowed("不能登记公开申请"), scope.offices[0])
    raise Http404


def _form(request: HttpRequest, office: Office, form: TypeForm, status: int = 200) -> HttpResponse:
    context = {
        "office": office, "form": form, "here": "requests_board",
        "rules": {one.channel: one for one in office.channels.all()},
    }  # fmt: skip
    return render(request, "desk/requests/new.html", context, status=status)
