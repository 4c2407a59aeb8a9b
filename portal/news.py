"""Lines of progress, mailed to whoever left an address: each once, a failed one again, at most five times."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import QuerySet

from portal import reports

MOST_ATTEMPTS, AT_ONCE = 5, 200
log = logging.getLogger(__name__)

Letter = tuple[str, str, str]
"""Whom to, subject, text."""


def mail_waiting(rows: QuerySet, letter_of: Callable[[Any], Letter]) -> int:
    """Send what of `rows` (with `is_mailed` and `attempts`) has not been sent. Returns how many went out."""
    waiting = rows.filter(is_mailed=False, attempts__lt=MOST_ATTEMPTS)
    with get_connection() as connection:
        return sum(_mail(one, letter_of, connection) for one in waiting[:AT_ONCE])


def _mail(line: Any, letter_of: Callable[[Any], Letter], connection: Any) -> bool:
    # Counted as sent before it is: two sweeps at once never send the same line twice.
    claim = type(line).objects.filter(pk=line.pk, is_mailed=False)
    if not claim.update(is_mailed=True, attempts=line.attempts + 1):
        return False
    address, subject, text = letter_of(line)
    message = EmailMessage(
        " ".join(subject.split()), text, settings.DEFAULT_FROM_EMAIL, [address], connection=connection
    )
    try:
        message.send()
    except (OSError, ValueError) as error:
        log.warning("%s %s 的邮件未发出：%s", line._meta.verbose_name, line.pk, reports.called(error))
        type(line).objects.filter(pk=line.pk).update(is_mailed=False)
        return False
    return True
