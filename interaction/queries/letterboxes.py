"""What the public side reads of letters: letterboxes, openness in figures, published copies, one letter's clock."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from interaction.enums.letters import AnswerState, Satisfaction
from interaction.models import Answer, Letter, Letterbox, Matter, PublicLetter
from interaction.queries.letters import ANSWER_LABEL, letter_type
from portal import clock
from portal.models import Limit, Site

LOOKED_BACK_DAYS = 365


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
    """Of the letters of the last year. One query."""
    due = Limit.objects.filter(subject_type=letter_type(), subject_id=OuterRef("pk"), label=ANSWER_LABEL)
    rows = Letter.objects.filter(site=site, written_at__gte=clock.now() - timedelta(days=LOOKED_BACK_DAYS))
    answered = Q(answered_at__isnull=False)
    content = (Satisfaction.SATISFIED, Satisfaction.FAIR)
    found = rows.order_by().annotate(due=Subquery(due.order_by("-id").values("due_at")[:1])).aggregate(
        received=Count("pk"), answered=Count("pk", filter=answered),
        on_time=Count("pk", filter=answered & Q(answered_at__lte=F("due"))),
        rated=Count("pk", filter=Q(rated_at__isnull=False)),
        satisfied=Count("pk", filter=Q(satisfaction__in=content)),
    )  # fmt: skip
    return Figures(**found)


def clock_of(letter: Letter) -> Limit | None:
    """The clock to answer: the running one, else the last."""
    rows = Limit.objects.filter(subject_type=letter_type(), subject_id=letter.pk, label=ANSWER_LABEL)
    return rows.order_by(F("met_at").desc(nulls_first=True), "-id").first()


def sent_answers(letter: Letter) -> QuerySet[Answer]:
    """What was answered, oldest first."""
    return letter.answers.filter(state=AnswerState.SENT).select_related("department").order_by("sent_at")
