"""One request on the desk: who asks for what, how its clock stands, and every button.

Whoever may not see a request is told that there is none. Each reading of what is personal is put on record.
"""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from disclosure.acts.requests import ACTS
from disclosure.forms.request_moves import FORMS
from disclosure.models import DisclosureRequest
from disclosure.operations import looks
from disclosure.queries import request_papers
from disclosure.queries.requests import WITH_OFFICE
from disclosure.rules import requests as rules
from disclosure.views.requests import screen
from disclosure.views.requests.papers import docx
from portal import addresses, uploads
from portal.refusals import refused, unseen
from portal.workflow import Refused


@require_safe
@login_required
@never_cache
def request_page(request: HttpRequest, pk: int) -> HttpResponse:
    found = _request(request, pk)
    if rules.may_look(request.user, found):
        looks.read(found, by=request.user)
    return render(request, "desk/requests/request.html", screen.page(found, request.user))


@require_http_methods(["GET", "POST"])
@never_cache
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """A button was pressed. On a refusal the page comes back with the reason and what was typed."""
    address = reverse("desk:request", args=[pk])
    if verb not in ACTS:
        raise Http404
    if not request.user.is_authenticated:
        return redirect_to_login(address)
    if request.method == "GET":
        return redirect(address)
    found = _request(request, pk)
    form = FORMS[verb](request.POST, request.FILES, request=found, auto_id=f"{verb}-%s")
    if form.is_valid() and any(request.FILES.values()) and (why_not := addresses.why_not_upload(request)):
        form.add_error("files", why_not)
    if not form.is_valid():
        return _refused(request, pk, verb, form, 422)
    try:
        ACTS[verb].run(found, request.user, form.cleaned_data)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _refused(request, pk, verb, form, refused(request, refusal, found))
    except uploads.UploadRefused as refusal:
        form.add_error("files", refusal.message)
        return _refused(request, pk, verb, form, 422)
    messages.success(request, f"{ACTS[verb].done}。")
    return redirect(address)


@require_safe
@login_required
@never_cache
def attachment(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """A file that came with the request: saved, never shown in the browser, and put on record like the request."""
    found = _looked_at(request, pk)
    stored = get_object_or_404(found.files.select_related("file"), pk=file).file
    response = FileResponse(default_storage.open(stored.file.name), as_attachment=True, filename=stored.name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@login_required
@never_cache
def paper(request: HttpRequest, pk: int, kind: str, row: int) -> HttpResponse:
    """A letter of the office, as .docx, with the name of whom it is for."""
    return docx(request_papers.paper(_looked_at(request, pk), kind, row))


def _looked_at(request: HttpRequest, pk: int) -> DisclosureRequest:
    found = _request(request, pk)
    if not rules.may_look(request.user, found):
        raise Http404
    looks.read(found, by=request.user)
    return found


def _request(request: HttpRequest, pk: int) -> DisclosureRequest:
    rows = DisclosureRequest.objects.select_related(*WITH_OFFICE, "applicant", "repeats", "registered_by")
    found = get_object_or_404(rows, pk=pk)
    if not rules.may_see(request.user, found):
        raise unseen(request, found, "不能查看和办理这件公开申请")
    return found


def _refused(request: HttpRequest, pk: int, verb: str, form: forms.Form, status: int) -> HttpResponse:
    context = screen.page(_request(request, pk), request.user, typed=(verb, form))
    return render(request, "desk/requests/request.html", context, status=status)
