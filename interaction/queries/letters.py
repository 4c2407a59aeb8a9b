"""Reads of letters: what waits for whom, the board, what similar letters were answered."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery

from columns import rules as column_rules
from interaction.enums.letters import OPEN_STATES, AnswerState, LetterState
from interaction.models import Answer, Letter
from portal import clock
from portal.enums import Power
from portal.likeness import nearest
from portal.models import Limit, User

ANSWER_LABEL = "答复来信"
SHOWN_WITH = ("site", "letterbox__receiver", "letterbox__office", "matter", "department")


def letter_type() -> ContentType:
    return ContentType.objects.get_for_model(Letter)


def with_clock(rows: QuerySet[Letter]) -> QuerySet[Letter]:
    """Each row with `due_at` and `computed` of the clock that runs out first; None where none runs."""
    running = Limit.objects.filter(subject_type=letter_type(), subject_id=OuterRef("pk"), met_at=None)
    first = running.order_by("due_at")
    return rows.annotate(
        due_at=Subquery(first.values("due_at")[:1]), computed=Subquery(first.values("computed")[:1])
    )


def running_clocks() -> Iterable[Limit]:
    """Clocks of letters that run, each with its letter."""
    rows = Limit.objects.filter(subject_type=letter_type(), met_at=None)
    return rows.prefetch_related("subject__letterbox", "subject__department__head", "subject__site")


def waiting_for(user: User) -> QuerySet[Letter]:
    """What `user` owes the next step of: received by their department, in its hands, or to be adjudicated there."""
    wanted = Q(pk__in=[])
    for site, departments in _seats(user).items():
        here = Q(site=site)
        wanted |= here & Q(state=LetterState.SUBMITTED, letterbox__receiver__in=departments)
        wanted |= here & Q(state=LetterState.IN_HAND, department__in=departments)
        wanted |= here & Q(state=LetterState.DISPUTED, letterbox__office__in=departments)
    return Letter.objects.filter(wanted)


def to_close(user: User) -> QuerySet[Letter]:
    """Answered and said to be well by the writer: 办结 is all that is left."""
    wanted = Q(pk__in=[])
    for site, departments in _seats(user).items():
        wanted |= Q(site=site, department__in=departments)
    return Letter.objects.filter(wanted, state=LetterState.ANSWERED, rated_at__isnull=False)


def owed_by_department(now: datetime | None = None) -> QuerySet:
    """By site and department: how many letters are in hand, and how many of them late."""
    late = Limit.objects.filter(subject_type=letter_type(), met_at=None, due_at__lt=now or clock.now())
    rows = Letter.objects.filter(state__in=(LetterState.IN_HAND, LetterState.IN_REVIEW)).order_by()
    return rows.values("site", "department").annotate(
        number=Count("pk"), late=Count("pk", filter=Q(pk__in=late.values("subject_id")))
    )


def quietly_answered() -> QuerySet[Letter]:
    """Answered, and nobody has closed it yet."""
    rows = Letter.objects.filter(state=LetterState.ANSWERED, answered_at__isnull=False)
    return rows.select_related("letterbox", "site").order_by("answered_at")


def overdue_letters(now: datetime | None = None) -> QuerySet:
    """Ids of the letters with a clock that has run out."""
    late = Limit.objects.filter(subject_type=letter_type(), met_at=None, due_at__lt=now or clock.now())
    return late.values("subject_id")


def similar_answered(letter: Letter, most: int = 5) -> list[Letter]:
    """Earlier letters of the site with a like title that were answered: their answers may serve again."""
    rows = Letter.objects.filter(site=letter.site, answered_at__isnull=False).exclude(pk=letter.pk)
    sent = Prefetch("answers", Answer.objects.filter(state=AnswerState.SENT), to_attr="sent")
    return nearest(rows.select_related("department").prefetch_related(sent), "title", letter.title, most)


def similar_open(letter: Letter, most: int = 5) -> list[Letter]:
    """Letters of the site about a like matter that are still owed an answer: the same one, perhaps."""
    rows = Letter.objects.filter(site=letter.site, state__in=OPEN_STATES).exclude(pk=letter.pk)
    return nearest(rows.select_related("department"), "title", letter.title, most)


def own_letters(user: User) -> QuerySet[Letter]:
    """What somebody wrote while signed in, newest first."""
    return Letter.objects.filter(writer=user).select_related("letterbox", "matter", "department", "site")


def _seats(user: User) -> dict[int, set[int]]:
    """By site id, the departments for which `user` answers."""
    powers = column_rules.powers_of(user)
    sites = powers.sites_with(Power.ANSWER)
    found = {
        site: {seat.department_id for seat in column_rules.seats(user, Power.ANSWER, site)} for site in sites
    }
    return {site: departments for site, departments in found.items() if departments}
