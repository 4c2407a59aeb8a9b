"""消息: tell a person once, on the desk at once and by e-mail with the next sweep."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import QuerySet
from guardian.models import UserObjectPermission

from portal import clock, reports
from portal.enums import NoticeKind, Power
from portal.models import Notice, User
from portal.sweeps import sweep

MAX_EMAIL_ATTEMPTS = 5
log = logging.getLogger(__name__)


def tell(
    recipients: Iterable[User],
    title: str,
    *,
    kind: NoticeKind = NoticeKind.SYSTEM,
    body: str = "",
    url: str = "",
    key: str = "",
) -> None:
    """Write one notice to each recipient; the same non-empty `key` reaches a person only once."""
    Notice.objects.bulk_create(
        [
            Notice(
                recipient=person,
                kind=kind,
                title=" ".join(title.split())[:200],
                body=body,
                url=url,
                key=key,
                at=clock.now(),
            )
            for person in recipients
        ],
        ignore_conflicts=bool(key),
    )


def told(key: str) -> set[int]:
    """Ids of those whom the notice with this key has reached already."""
    return set(Notice.objects.filter(key=key).values_list("recipient", flat=True))


def holders(*powers: Power) -> QuerySet[User]:
    """Everybody who holds one of `powers` anywhere by a live grant, for what concerns the house as a whole."""
    grants = UserObjectPermission.objects.filter(permission__codename__in=[str(power) for power in powers])
    return User.objects.filter(pk__in=grants.values("user"), is_active=True)


def mark_read(user: User, *, before: datetime | None = None) -> int:
    """Everything told to the user until `before` (now) is read; returns how many were new."""
    now = clock.now()
    return Notice.objects.filter(recipient=user, read_at=None, at__lte=before or now).update(read_at=now)


def settle(*urls: str) -> None:
    """待办 that lead to these addresses are done, whoever did them: nobody is called to what no longer waits."""
    waiting = Notice.objects.filter(kind=NoticeKind.TODO, read_at=None, url__in=urls)
    waiting.update(read_at=clock.now())


@sweep("email_notices", every=timedelta(minutes=1), label="发送消息邮件")
def email_notices() -> int:
    """Send what has not been sent; a failed one is tried again, at most five times. Returns how many went out."""
    waiting = Notice.objects.filter(emailed_at=None, email_attempts__lt=MAX_EMAIL_ATTEMPTS)
    waiting = waiting.exclude(recipient__email="").select_related("recipient").order_by("id")[:200]
    sent = 0
    with get_connection() as connection:
        for notice in waiting:
            sent += _send(notice, connection)
    return sent


def _send(notice: Notice, connection) -> bool:
    # Counted as sent before it is: two sweeps at once never send the same letter twice.
    claim = Notice.objects.filter(pk=notice.pk, emailed_at=None)
    if not claim.update(email_attempts=notice.email_attempts + 1, emailed_at=clock.now()):
        return False
    text = "\n\n".join(part for part in (notice.title, notice.body, notice.url) if part)
    message = EmailMessage(
        " ".join(notice.title.split()),
        text,
        settings.DEFAULT_FROM_EMAIL,
        [notice.recipient.email],
        connection=connection,
    )
    try:
        message.send()
    except (OSError, ValueError) as error:
        log.warning("消息 %s 的邮件未发出：%s", notice.pk, reports.called(error))
        Notice.objects.filter(pk=notice.pk).update(emailed_at=None)
        return False
    return True
