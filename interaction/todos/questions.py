"""待答复提问: what waits for an answer, nearest due first. They stay with their department: nobody hands them over."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse

from columns import rules as column_rules
from interaction.models import Question
from interaction.queries import questions as queries
from interaction.queries.clocks import with_clock
from interaction.todos.clocks import timed
from portal.enums import Power
from portal.models import User
from portal.todos import Heap, Place, Todo, register, register_places


def _rows(user: User) -> QuerySet[Question]:
    return with_clock(queries.to_answer(user))


def _todos(rows: Iterable[Question]) -> list[Todo]:
    return [
        Todo(
            title=one.title, url=reverse("desk:question", args=[one.pk]), since=one.asked_at,
            detail=f"{one.site} · {one.column} · {one.asker_department or ''} {one.asked_by}，请{one.department}答复",
            **words,
        )
        for one, words in timed(rows)
    ]  # fmt: skip


def _answers(user: User) -> bool:
    return column_rules.powers_of(user).anywhere(Power.ANSWER)


register(
    Heap("questions", "待答复提问", 24, _rows, _todos, _answers, counted=queries.to_answer, may_hold=_answers)
)


def _oversees(user: User) -> bool:
    """What is refused is kept for them to see (办法第十三条)."""
    return bool(column_rules.powers_of(user).sites_with(Power.INSPECT, Power.AUDIT))


register_places(
    Place("all_questions", "提问总览", 23, "desk:questions", _oversees, group="互动交流"),
    Place("all_comments", "评论总览", 24, "desk:comments", _oversees, group="互动交流"),
    Place("all_contributions", "投稿总览", 25, "desk:contributions", _oversees, group="互动交流"),
    Place("my", "我的参与", 49, "desk:my"),
)
