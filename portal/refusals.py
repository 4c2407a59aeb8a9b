"""What is answered when an operation says no; an attempt at what one may not do is recorded (三员分立, 审计)."""

from django.db import models
from django.http import HttpRequest

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
