"""Comments as readers, their authors, moderators and inspection find them."""

from django.db.models import Count, Q, QuerySet

from columns import rules as column_rules
from interaction.enums.comments import SHOWN, CommentState
from interaction.models import Comment, Question
from interaction.rules.comments import OVERSEES
from portal.enums import Power
from portal.models import User
from publishing.models import Article

SHOWN_WITH = ("article__column", "article__site", "question__column", "question__site")


def on(subject: Article | Question) -> QuerySet[Comment]:
    """Everything said about one thing, however it stands."""
    field = "article" if isinstance(subject, Article) else "question"
    return Comment.objects.filter(**{field: subject}).select_related("author", "department")


def shown(subject: Article | Question) -> QuerySet[Comment]:
    """What readers see under it, oldest first."""
    return on(subject).filter(state__in=SHOWN).order_by("at", "id")


def own_unseen(subject: Article | Question, user: User) -> QuerySet[Comment]:
    """What `user` said and waits for a moderator, or was refused: nobody else sees it there."""
    hidden = (CommentState.PENDING, CommentState.REFUSED)
    return on(subject).filter(author=user, state__in=hidden).order_by("at", "id")


def of(user: User) -> QuerySet[Comment]:
    """Everything `user` ever said, newest first."""
    return (
        Comment.objects.filter(author=user).select_related(*SHOWN_WITH, "decided_by").order_by("-at", "-id")
    )


def to_decide(user: User) -> QuerySet[Comment]:
    """Pending ones that `user` may decide about: in columns where they publish, never their own nor their principal's."""
    columns = column_rules.powers_of(user).columns_with(Power.PUBLISH)
    barred = {user.pk, *column_rules.principals(user)}
    rows = Comment.objects.filter(in_columns(columns), state=CommentState.PENDING)
    return rows.exclude(author__in=barred).select_related(*SHOWN_WITH, "author", "department")


def overseen(user: User) -> QuerySet[Comment]:
    """All comments of the columns that `user` moderates or inspects, newest first."""
    powers = column_rules.powers_of(user)
    columns = set().union(*(powers.columns_with(power) for power in OVERSEES))
    rows = Comment.objects.filter(in_columns(columns)).select_related(*SHOWN_WITH, "author", "department")
    return rows.order_by("-at", "-id")


def by_state(rows: QuerySet[Comment]) -> dict[str, int]:
    """How many of `rows` stand how."""
    return dict(rows.order_by().values_list("state").annotate(Count("pk")))


def in_columns(columns: set[int]) -> Q:
    return Q(article__column__in=columns) | Q(question__column__in=columns)
