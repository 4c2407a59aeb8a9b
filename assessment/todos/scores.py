"""自评, 核定 and 异议 that wait for somebody; 考核 and 计分办法 as places of the desk."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from assessment.models import Objection, UnitScore
from assessment.queries import rounds as queries
from assessment.rules.facts import may_assess
from assessment.rules.scores import may_oversee, speaks_for_units
from portal import clock
from portal.enums import Urgency
from portal.models import User
from portal.todos import Heap, Place, Todo, register, register_places

SOON_DAYS = 2


def _units(rows: QuerySet[UnitScore]) -> QuerySet[UnitScore]:
    return rows.select_related("round__scheme")


def _self_scored(rows: Iterable[UnitScore]) -> list[Todo]:
    return [_todo(one, reverse("desk:self_score", args=[one.pk]), one.round.self_due_on) for one in rows]


def _fixed(rows: Iterable[UnitScore]) -> list[Todo]:
    return [_todo(one, one.get_absolute_url(), one.round.fix_due_on) for one in rows]


def _decided(rows: Iterable[Objection]) -> list[Todo]:
    return [
        Todo(
            f"{one.point.unit_score.unit_name}：{one.text[:40]}", one.get_absolute_url(),
            str(one.point.unit_score.round), since=one.raised_at,
        )
        for one in rows
    ]  # fmt: skip


def _todo(one: UnitScore, url: str, due_on: date | None) -> Todo:
    today = clock.today()
    if due_on is None:
        return Todo(one.unit_name, url, str(one.round))
    days = (due_on - today).days
    urgency = Urgency.RED if days < 0 else Urgency.AMBER if days <= SOON_DAYS else Urgency.OK
    left = f"已过 {-days} 天" if days < 0 else "今天截止" if days == 0 else f"还有 {days} 天"
    due_at = timezone.make_aware(datetime.combine(due_on, time(23, 59, 59)))
    return Todo(one.unit_name, url, str(one.round), due_at=due_at, urgency=urgency, time_left=left)


register(
    Heap(
        "self_scores", "待自评", 60, lambda user: _units(queries.to_self_score(user)), _self_scored,
        lambda user: False, counted=queries.to_self_score, may_hold=speaks_for_units,
    ),
    Heap(
        "fixing", "待核定", 61, lambda user: _units(queries.to_fix(user)), _fixed, may_assess,
        counted=queries.to_fix, may_hold=may_assess,
    ),
    Heap(
        "objections", "待答复异议", 62,
        lambda user: queries.to_decide(user).select_related("point__unit_score__round__scheme"), _decided,
        may_assess, counted=queries.to_decide, may_hold=may_assess,
    ),
)  # fmt: skip


def _has_scores(user: User) -> bool:
    return may_oversee(user) or speaks_for_units(user)


register_places(
    Place("scores", "考核", 60, "desk:rounds", _has_scores, group="考核评价"),
    Place("schemes", "计分办法", 61, "desk:schemes", may_oversee, group="考核评价"),
)
