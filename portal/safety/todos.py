"""整改 that waits, and 安全台账 in the rail."""

from collections.abc import Iterable

from django.db.models import QuerySet

from portal import clock
from portal.enums import Urgency
from portal.models import SafetyRecord, User
from portal.safety import reading, rules
from portal.todos import Heap, Place, Todo, register, register_places


def _rows(user: User) -> QuerySet[SafetyRecord]:
    rows = reading.to_rectify() if rules.keeps(user) else SafetyRecord.objects.none()
    return rows.select_related("recorded_by").order_by("rectify_by", "pk")


def _todos(rows: Iterable[SafetyRecord]) -> list[Todo]:
    today = clock.today()
    return [
        Todo(
            title=str(one),
            url=one.get_absolute_url(),
            detail=" ".join(one.problems.split())[:60],
            since=one.recorded_at,
            urgency=Urgency.RED if one.rectify_by and one.rectify_by < today else Urgency.OK,
            time_left=f"{one.rectify_by:%m-%d} 前整改" if one.rectify_by else "",
        )
        for one in rows
    ]


register(Heap("safety", "安全整改", 6, _rows, _todos, rules.keeps, may_hold=rules.keeps))
register_places(Place("safety_registers", "安全台账", 82, "desk:safety", rules.looks_on, group="安全与运行"))
