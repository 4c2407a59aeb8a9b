"""What the public side reads of letters: letterboxes, openness in figures, published copies, one letter's clock."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache
from django.db.models import Count, F, Prefetch, Q, QuerySet

from interaction.enums.letters import AnswerState, Satisfaction
from interaction.models import Answer, Letter, Letterbox, Matter, PublicLetter
from interaction.queries.letters import ANSWER_LABEL, letter_type
from portal import clock
from portal.models import Limit, Site

LOOKED_BACK_DAYS, KEPT_SECONDS = 365, 10 * 60


@dataclass(frozen=True)
class Figures:
    """A year of letters in numbers."""

    received: int
    answered: int
    on_time: int
    rated: int
    satisfied: int


def offered(site: Site) -> list[Letterbox]:
    """Open letterboxes with their matters; those of the site above where it has none of its own. Two to four queries."""
    active = Prefetch("matters", Matter.objects.filter(is_active=True))
    rows = Letterbox.objects.filter(is_open=True).select_related("site", "receiver").prefetch_related(active)
    return list(rows.filter(site=site)) or (list(rows.filter(site=site.parent)) if site.parent_id else [])


def published(site: Site) -> QuerySet[PublicLetter]:
    rows = PublicLetter.objects.filter(site=site, is_public=True)
    return rows.select_related("site", "letter__letterbox", "letter__department")


def figures(site: Site) -> Figures:
    """Of the letters of the last year; counted anew every ten minutes, in two queries."""
    return cache.get_or_set(f"letter-figures-{site.pk}", lambda: _figures(site), KEPT_SECONDS)


def _figures(site: Site) -> Figures:
    since = clock.now() - timedelta(days=LOOKED_BACK_DAYS)
    rows = Letter.objects.filter(site=site, written_at__gte=since).order_by()
    content = (Satisfaction.SATISFIED, Satisfaction.FAIR)
    found = rows.aggregate(
        received=Count("pk"), answered=Count("answered_at"), rated=Count("rated_at"),
        satisfied=Count("pk", filter=Q(satisfaction__in=content)),
    )  # fmt: skip
    in_time = Q(limits__label=ANSWER_LABEL, limits__met_at__lte=F("limits__due_at"))
    on_time = rows.filter(in_time, answered_at__isnull=False).aggregate(n=Count("pk", distinct=True))["n"]
    return Figures(**found, on_time=on_time)


def clock_of(letter: Letter) -> Limit | None:
    """The clock to answer: the running one, else the last."""
    rows = Limit.objects.filter(subject_type=letter_type(), subject_id=letter.pk, label=ANSWER_LABEL)
    return rows.order_by(F("met_at").desc(nulls_first=True), "-id").first()


def sent_answers(letter: Letter) -> QuerySet[Answer]:
    """What was answered, oldest first."""
    return letter.answers.filter(state=AnswerState.SENT).select_related("department").order_by("sent_at")
