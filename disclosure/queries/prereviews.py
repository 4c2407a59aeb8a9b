"""Reads of pre-reviews: the desk's board, what waits for whom, one pre-review's clock."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from columns import rules as column_rules
from disclosure.enums.prereviews import PreReviewState
from disclosure.models import PreReview, PreReviewFile, PreReviewMaterial
from disclosure.rules.services import OVERSEE
from portal import clock
from portal.enums import Power
from portal.models import Limit, User

LABEL = "网上预审"
LATE = "late"
SHOWN_WITH = ("site", "item", "department")


@dataclass(frozen=True)
class Asked:
    """What the board was asked for; what is not there is not asked for."""

    state: str = ""
    words: str = ""

    @classmethod
    def read(cls, typed: Mapping[str, str]) -> "Asked":
        state, words = typed.get("state", ""), " ".join(typed.get("q", "").replace("\x00", "").split())[:60]
        return cls(state if state in (*PreReviewState.values, LATE) else "", words)


def running_clocks() -> QuerySet[Limit]:
    """Clocks of pre-reviews that run, each with its pre-review; while the applicant corrects, none calls."""
    waiting = PreReview.objects.filter(state=PreReviewState.SUBMITTED)
    rows = Limit.objects.filter(subject_type=_type(), met_at=None, subject_id__in=waiting.values("pk"))
    return rows.prefetch_related("subject__item", "subject__site", "subject__department__head")


def clock_of(found: PreReview) -> Limit | None:
    """The clock of the pre-review, running or met."""
    return Limit.objects.filter(subject_type=_type(), subject_id=found.pk).order_by("-pk").first()


def waiting_for(user: User) -> QuerySet[PreReview]:
    """What the department of `user` owes the next step of."""
    return PreReview.objects.filter(_of_seats(user), state=PreReviewState.SUBMITTED)


def seen_by(user: User) -> QuerySet[PreReview]:
    """Their department's, and on sites that they oversee all."""
    overseen = column_rules.powers_of(user).sites_with(*OVERSEE)
    return PreReview.objects.filter(_of_seats(user) | Q(site__in=overseen)).select_related(*SHOWN_WITH)


def sees_any(user: User) -> bool:
    """Whether the board is for `user`: they answer or oversee somewhere."""
    return bool(column_rules.powers_of(user).sites_with(Power.ANSWER, *OVERSEE))


def narrowed(rows: QuerySet[PreReview], asked: Asked) -> QuerySet[PreReview]:
    if asked.state == LATE:
        rows = rows.filter(_late(), state=PreReviewState.SUBMITTED)
    elif asked.state:
        rows = rows.filter(state=asked.state)
    for word in asked.words.split():
        rows = rows.filter(Q(item__name__icontains=word) | Q(code=word.upper()))
    return rows


def counts(rows: QuerySet[PreReview]) -> list[tuple[str, str, int | None]]:
    """(key, label, number) for the tabs, in one query; what is done is not counted."""
    open_states = (PreReviewState.SUBMITTED, PreReviewState.RETURNED)
    figures = {state: Count("pk", filter=Q(state=state)) for state in open_states}
    late = Count("pk", filter=Q(state=PreReviewState.SUBMITTED) & _late())
    found = rows.filter(state__in=open_states).order_by().aggregate(**figures, **{LATE: late})
    done = (PreReviewState.PASSED, PreReviewState.REFUSED)
    return [
        ("", "全部", None), *((state, state.label, found[state]) for state in open_states),
        (LATE, "已逾期", found[LATE]), *((state, state.label, None) for state in done),
    ]  # fmt: skip


def materials(found: PreReview) -> QuerySet[PreReviewMaterial]:
    """With what was sent for each, the latest round first."""
    files = PreReviewFile.objects.select_related("file").order_by("-round", "id")
    return found.materials.select_related("material").prefetch_related(Prefetch("files", files))


def overdue_corrections() -> QuerySet[PreReview]:
    """Returned, and the last day to correct has gone by."""
    rows = PreReview.objects.filter(state=PreReviewState.RETURNED, correct_by__lt=clock.today())
    return rows.select_related("site", "item", "department")


def _of_seats(user: User) -> Q:
    wanted = Q(pk__in=[])
    for site in column_rules.powers_of(user).sites_with(Power.ANSWER):
        departments = {one.department_id for one in column_rules.seats(user, Power.ANSWER, site)}
        wanted |= Q(site=site, department__in=departments)
    return wanted


def _late() -> Exists:
    rows = Limit.objects.filter(subject_type=_type(), subject_id=OuterRef("pk"), met_at=None)
    return Exists(rows.filter(due_at__lt=clock.now()))


def _type() -> ContentType:
    return ContentType.objects.get_for_model(PreReview)
