"""受理中心 (12365: 互动类栏目每天统一接收): every channel with what it received today, what waits and what is late."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q, QuerySet

from columns import rules as column_rules
from interaction.enums.comments import CommentState
from interaction.enums.contributions import ContributionState
from interaction.enums.letters import OPEN_STATES
from interaction.enums.questions import OPEN
from interaction.models import Comment, Contribution, Letter, Question
from portal import clock
from portal.enums import Power
from portal.models import Limit, User

SEEN_BY = (Power.ANSWER, Power.INSPECT, Power.AUDIT)


@dataclass(frozen=True)
class Channel:
    """`rows(sites)` all that came in on these sites (ids), `since` the field that says when; `waiting` what is open."""

    label: str
    page: str
    since: str
    rows: Callable[[Iterable[int]], QuerySet]
    waiting: Q


@dataclass(frozen=True)
class Standing:
    channel: Channel
    today: int
    waiting: int
    late: int


CHANNELS = (
    Channel(
        "来信", "desk:letters", "written_at", lambda sites: Letter.objects.filter(site__in=sites),
        Q(state__in=OPEN_STATES),
    ),
    Channel(
        "提问", "desk:questions", "asked_at", lambda sites: Question.objects.filter(site__in=sites),
        Q(state__in=OPEN),
    ),
    Channel(
        "评论", "desk:comments", "at",
        lambda sites: Comment.objects.filter(Q(article__site__in=sites) | Q(question__site__in=sites)),
        Q(state=CommentState.PENDING),
    ),
    Channel(
        "投稿", "desk:contributions", "at", lambda sites: Contribution.objects.filter(site__in=sites),
        Q(state=ContributionState.SUBMITTED),
    ),
)  # fmt: skip


def sites_of(user: User) -> set[int]:
    """Ids of the sites for which somebody answers or that they oversee."""
    return column_rules.powers_of(user).sites_with(*SEEN_BY)


def standings(sites: Iterable[int]) -> list[Standing]:
    """One query a channel."""
    return [_standing(channel, channel.rows(sites)) for channel in CHANNELS]


def _standing(channel: Channel, rows: QuerySet) -> Standing:
    midnight = clock.local(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    late = Limit.objects.filter(
        subject_type=ContentType.objects.get_for_model(rows.model), met_at=None, due_at__lt=clock.now()
    )
    today = Q(**{f"{channel.since}__gte": midnight})
    found = rows.filter(channel.waiting | today).order_by().aggregate(
        today=Count("pk", filter=today), waiting=Count("pk", filter=channel.waiting),
        late=Count("pk", filter=channel.waiting & Q(pk__in=late.values("subject_id"))),
    )  # fmt: skip
    return Standing(channel, **found)
