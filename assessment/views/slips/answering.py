"""How these pages answer a form: the operation's refusal comes back at its field, with what was typed."""

from collections.abc import Callable

from django import forms
from django.db import models
from django.http import HttpRequest

from portal.refusals import refused
from portal.workflow import Refused


def run(request: HttpRequest, form: forms.Form, about: models.Model, act: Callable[[], object]) -> int:
    """0 when `act` was done; else the status to answer, the refusal in the form."""
    if not form.is_valid():
        return 422
    try:
        act()
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return refused(request, refusal, about)
    return 0
