"""Contributions as their authors, moderators, inspection and readers find them."""

from django.db.models import Count, QuerySet

from columns import rules as column_rules
from columns.tree import ColumnTree
from interaction.enums.contributions import ContributionState
from interaction.models import Contribution
from interaction.rules.contributions import OVERSEES, TAKES
from portal.models import Site, User
from publishing.enums import ArticleState

SHOWN_WITH = ("column", "site", "article__site", "contributor", "department", "decided_by", "decided_for")


def of(user: User) -> QuerySet[Contribution]:
    """Everything `user` ever sent, newest first."""
    return Contribution.objects.filter(contributor=user).select_related(*SHOWN_WITH)


def to_decide(user: User) -> QuerySet[Contribution]:
    """Those that wait and `user` may take: in columns where they collect and publish, never their own."""
    powers = column_rules.powers_of(user)
    columns = set.intersection(*(powers.columns_with(power) for power in TAKES))
    barred = {user.pk, *column_rules.principals(user)}
    rows = Contribution.objects.filter(column__in=columns, state=ContributionState.SUBMITTED)
    return rows.exclude(contributor__in=barred).select_related(*SHOWN_WITH)


def overseen(user: User) -> QuerySet[Contribution]:
    """All contributions to the columns that `user` moderates or inspects, newest first."""
    powers = column_rules.powers_of(user)
    columns = set().union(*(powers.columns_with(power) for power in OVERSEES))
    return Contribution.objects.filter(column__in=columns).select_related(*SHOWN_WITH)


def by_state(rows: QuerySet[Contribution]) -> dict[str, int]:
    """How many of `rows` stand how."""
    return dict(rows.order_by().values_list("state").annotate(Count("pk")))


def lately_live(site: Site, columns: ColumnTree) -> QuerySet[Contribution]:
    """最近采用: those whose article readers of these columns find on the site, newest first."""
    rows = Contribution.objects.filter(
        site=site, article__state=ArticleState.LIVE, article__column__in=[one.pk for one in columns]
    )
    rows = rows.select_related("article__column", "article__site", "contributor", "department")
    return rows.order_by("-article__published_at", "-pk")
