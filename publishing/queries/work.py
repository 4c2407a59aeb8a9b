"""What those who handle texts have before them. Nothing here is for readers."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from columns import rules as column_rules
from columns.enums import StepState
from portal.enums import SEES_WORK, Power
from portal.models import User
from publishing.enums import RevisionState
from publishing.models import Article, ReviewStep, Revision

DECIDING = (Power.REVIEW, Power.SIGN, Power.PUBLISH, Power.INSPECT)


def review_queue(user: User) -> QuerySet[ReviewStep]:
    """Current review steps that `user` may decide, longest waiting first; never their own nor their principal's."""
    powers = column_rules.powers_of(user)
    mine = Q()
    for power in DECIDING:
        if columns := powers.columns_with(power):
            mine |= Q(power=power, revision__column__in=columns)
    if not mine:
        return ReviewStep.objects.none()
    barred = {user.pk, *column_rules.principals(user)}
    by_them = Q(saved_by__in=barred) | Q(saved_for__in=barred)
    written = Revision.history.model.objects.filter(by_them, id=OuterRef("revision_id"))
    own = Q(revision__created_by__in=barred) | Q(revision__reported_by__in=barred)
    own |= Q(revision__reported_for__isnull=False, revision__reported_for__in=barred)
    given = Q(revision__article__contributed_by__isnull=False, revision__article__contributed_by__in=barred)
    steps = (
        ReviewStep.objects.filter(mine, state=StepState.CURRENT).exclude(own | given).exclude(Exists(written))
    )
    return steps.select_related(
        "revision__article", "revision__column__site", "revision__department", "revision__reported_by"
    ).order_by("id")


def to_publish(user: User) -> QuerySet[Revision]:
    """Cleared texts in columns where `user` publishes, oldest first."""
    columns = column_rules.powers_of(user).columns_with(Power.PUBLISH)
    rows = Revision.objects.filter(state=RevisionState.APPROVED, column__in=columns)
    return rows.select_related("article", "column__site", "department", "reported_by").order_by("id")


def scheduled(user: User) -> QuerySet[Revision]:
    """Texts that will go out by themselves in columns where `user` publishes, the next one first."""
    columns = column_rules.powers_of(user).columns_with(Power.PUBLISH)
    rows = Revision.objects.filter(state=RevisionState.SCHEDULED, column__in=columns)
    return rows.select_related("article", "column__site").order_by("scheduled_at", "id")


def to_mend(user: User) -> QuerySet[Revision]:
    """Texts that came back to `user`, or to the person in whose place they act."""
    they = {user.pk, *column_rules.principals(user)}
    theirs = Q(reported_by__in=they) | Q(saved_by__in=they)
    rows = Revision.objects.filter(theirs, state=RevisionState.RETURNED)
    return rows.select_related("article", "column__site").order_by("-saved_at")


def drafts(user: User) -> QuerySet[Revision]:
    """Texts that `user` last saved and has not reported."""
    rows = Revision.objects.filter(saved_by=user, state=RevisionState.DRAFT)
    return rows.select_related("article", "column__site").order_by("-saved_at")


def workable(user: User) -> QuerySet[Article]:
    """Articles in columns whose work `user` may see: what the admin lists."""
    powers = column_rules.powers_of(user)
    columns = set().union(*(powers.columns_with(power) for power in SEES_WORK))
    return Article.objects.filter(Q(column__in=columns) | Q(created_by=user))
