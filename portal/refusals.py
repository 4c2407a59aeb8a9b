"""What is answered when an operation says no; an attempt at what one may not do is recorded (三员分立, 审计)."""

from django.db import models
from django.http import Http404, HttpRequest

from portal import audit
from portal.workflow import NotAllowed, Refused, TooLate

STATUS = {TooLate: 409, NotAllowed: 403}


def refused(request: HttpRequest, refusal: Refused, about: models.Model) -> int:
    """The HTTP status of a refusal. What the person had no right to do leaves a trace, though nothing was changed.

    Call it outside the operation's transaction, which is rolled back.
    """
    if isinstance(refusal, NotAllowed):
        audit.record("refused", "越权被拒", about, actor=request.user, note=refusal.message)
    return STATUS.get(type(refusal), 422)


def unseen(request: HttpRequest, about: models.Model, reason: str) -> Http404:
    """What to raise for a thing the person may not even see: it is not there; whoever sent something leaves a trace."""
    if request.method == "POST":
        refused(request, NotAllowed(reason), about)
    return Http404()
