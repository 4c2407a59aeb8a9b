"""What these pages are about: found, or refused as befits who asks."""

from typing import NoReturn

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import models
from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404

from disclosure.models import Decision, DecisionFile, DisclosureRequest
from disclosure.operations import looks
from disclosure.queries.requests import WITH_OFFICE
from disclosure.rules import requests as rules
from portal.models import StoredFile
from portal.refusals import refused, unseen
from portal.workflow import Refused

WITH_ALL = ("department", "saved_by", "saved_for", "signed_by", "letter", "proof_file")


def request_of(request: HttpRequest, pk: int) -> DisclosureRequest:
    """404 for whoever may not know of it, 403 for whoever follows it without reading it; reading is on record."""
    rows = DisclosureRequest.objects.select_related(*WITH_OFFICE, "department", "repeats")
    return checked(request, get_object_or_404(rows, pk=pk))


def decision_of(request: HttpRequest, pk: int) -> Decision:
    rows = Decision.objects.select_related(*WITH_ALL, *(f"request__{one}" for one in WITH_OFFICE))
    found = get_object_or_404(rows, pk=pk)
    checked(request, found.request)
    return found


def file_of(request: HttpRequest, pk: int) -> DecisionFile:
    rows = DecisionFile.objects.select_related(
        "file", "original", *(f"decision__request__{one}" for one in WITH_OFFICE)
    )
    found = get_object_or_404(rows, pk=pk)
    checked(request, found.decision.request)
    return found


def checked(request: HttpRequest, found: DisclosureRequest) -> DisclosureRequest:
    if not rules.may_see(request.user, found):
        raise unseen(request, found, "不能查看和办理这件公开申请")
    if not rules.may_look(request.user, found):
        raise PermissionDenied("只有办理和审批这件申请的人可以查看答复")
    if request.method == "GET":
        looks.read(found, by=request.user)
    return found


def told(request: HttpRequest, refusal: Refused, form: forms.Form, about: models.Model) -> int:
    """The refusal at its field; the status to answer."""
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    return refused(request, refusal, about)


def sent(stored: StoredFile, name: str = "") -> FileResponse:
    """A file to be saved, never shown by the browser."""
    response = FileResponse(
        default_storage.open(stored.file.name), as_attachment=True, filename=name or stored.name
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def refuse(request: HttpRequest, refusal: Refused, about: models.Model) -> NoReturn:
    """403; whoever sent something leaves a trace."""
    if request.method == "POST":
        refused(request, refusal, about)
    raise PermissionDenied(refusal.message)
