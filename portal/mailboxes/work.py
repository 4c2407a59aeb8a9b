"""What the desk reads of official mailboxes: one's own, and what waits for 系统管理员."""

from django.core.paginator import Page, Paginator
from django.db.models import F, Q, QuerySet

from portal.enums import MAILBOX_IN_USE, MAILBOX_WAITING, MailboxKind, MailboxState
from portal.models import AuditEntry, OfficialMailbox, User

PAGE_SIZE = 20
SHOWN_WITH = ("department", "holder__department", "asked_by__department", "wanted_holder")
ENDED = (MailboxState.REFUSED, MailboxState.WITHDRAWN, MailboxState.CANCELLED)
REASONS = ("refuse", "refuse_change", "refuse_cancel", "strike")
HEAPS = {
    "mailboxes": ("待办理", Q(state__in=MAILBOX_WAITING)),
    "stale": (
        "须清理",
        Q(state__in=MAILBOX_IN_USE)
        & (
            Q(holder__is_active=False)
            | Q(department__is_active=False)
            | (
                Q(kind=MailboxKind.UNIT)
                & (~Q(holder__department=F("department")) | Q(holder__department=None))
            )
        ),
    ),
    "in_use": ("使用中", Q(state__in=MAILBOX_IN_USE)),
    "ended": ("已办结", Q(state__in=ENDED)),
}
"""Of the requests page. 须清理: who keeps the mailbox left the office or the unit, or the unit is no more (第十九条)."""


def of_person(user: User) -> OfficialMailbox | None:
    """The person's mailbox or open application; otherwise the last one that came to an end."""
    return _latest(OfficialMailbox.objects.filter(kind=MailboxKind.PERSONAL, holder=user))


def of_unit(user: User) -> OfficialMailbox | None:
    """The same of the unit where the person works."""
    if user.department_id is None:
        return None
    return _latest(OfficialMailbox.objects.filter(kind=MailboxKind.UNIT, department=user.department_id))


def rows(key: str) -> QuerySet[OfficialMailbox]:
    """A heap of the requests page, longest waiting first, the ended ones last ended first."""
    found = OfficialMailbox.objects.filter(HEAPS[key][1]).select_related(*SHOWN_WITH)
    return found.order_by("-asked_at", "-pk") if key == "ended" else found.order_by("asked_at", "pk")


def heap(key: str, words: str, number: int | str | None) -> Page:
    """One page of a heap; every one of the `words` is found in address, name or unit."""
    found = rows(key)
    for word in words.split():
        found = found.filter(
            Q(address__icontains=word) | Q(holder__name__icontains=word) | Q(department__name__icontains=word)
        )
    return Paginator(found, PAGE_SIZE).get_page(number)


def counts() -> dict[str, int]:
    """How many mailboxes lie in each heap, with one query per heap."""
    return {key: OfficialMailbox.objects.filter(which).count() for key, (_, which) in HEAPS.items()}


def trail(*mailboxes: OfficialMailbox | None) -> QuerySet[AuditEntry]:
    """Who did what about these mailboxes, when and why, newest first."""
    ids = [str(one.pk) for one in mailboxes if one]
    about = AuditEntry.objects.filter(object_type=OfficialMailbox._meta.label_lower, object_id__in=ids)
    return about.select_related("actor__department", "acting_for").order_by("-id")


def _latest(rows: QuerySet[OfficialMailbox]) -> OfficialMailbox | None:
    """A live one is always the newest: nobody applies while one lives."""
    return rows.select_related(*SHOWN_WITH).order_by("-pk").first()
