"""待审评论: what waits for a moderator, nearest due first."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse

from columns import rules as column_rules
from interaction.models import Comment
from interaction.queries import comments as queries
from interaction.queries.clocks import with_clock
from interaction.todos.clocks import timed
from portal.enums import Power
from portal.models import User
from portal.todos import Heap, Todo, register


def _rows(user: User) -> QuerySet[Comment]:
    return with_clock(queries.to_decide(user))


def _todos(rows: Iterable[Comment]) -> list[Todo]:
    return [
        Todo(
            title=str(one), url=reverse("desk:comment", args=[one.pk]), since=one.at,
            detail=f"{one.site} · {one.column} ·《{one.subject}》· {one.department or ''} {one.author}", **words,
        )
        for one, words in timed(rows)
    ]  # fmt: skip


def _moderates(user: User) -> bool:
    return column_rules.powers_of(user).anywhere(Power.PUBLISH)


register(
    Heap(
        "comments", "待审评论", 25, _rows, _todos, _moderates, counted=queries.to_decide, may_hold=_moderates
    )
)
