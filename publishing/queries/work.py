"""What those who handle texts have before them. Nothing here is for readers."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from columns import rules as column_rules
from portal.enums import SEES_WORK, Power
from portal.models import User
from publishing.enums import RevisionState, StepState
from publishing.models import Article, ReviewStep, Revision


def review_queue(user: User) -> QuerySet[ReviewStep]:
    """Current review steps that `user` may decide, longest waiting first; never their own texts."""
    powers = column_rules.powers_of(user)
    mine = Q(pk__in=[])
    for power in (Power.REVIEW, Power.SIGN, Power.PUBLISH, Power.INSPECT):
        if columns := powers.columns_with(power):
            mine |= Q(power=power, revision__column__in=columns)
    written = Revision.history.model.objects.filter(id=OuterRef("revision_id"), saved_by=user)
    own = Q(revision__created_by=user) | Q(revision__reported_by=user)
    steps = ReviewStep.objects.filter(mine, state=StepState.CURRENT).exclude(own).exclude(Exists(written))
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
    """Texts of `user` that came back."""
    rows = Revision.objects.filter(Q(reported_by=user) | Q(saved_by=user), state=RevisionState.RETURNED)
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
