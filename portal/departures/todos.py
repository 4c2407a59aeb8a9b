"""What waits for heads of departments: the work of people who left, to be handed over."""

from collections.abc import Iterable

from django.urls import reverse

from portal.departures import reading, rules
from portal.models import Departure
from portal.todos import Heap, Todo, register


def _todos(rows: Iterable[Departure]) -> list[Todo]:
    return [
        Todo(
            title=f"{one}：请办理工作交接",
            url=reverse("desk:handover", args=[one.pk]),
            detail=f"{one.from_department or '无部门'} · {one.reason}",
            since=one.carried_out_at,
        )
        for one in rows
    ]


register(Heap("handovers", "待交接", 33, reading.waiting_for, _todos, rules.keeps, "desk:handovers"))
