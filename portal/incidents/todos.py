"""What waits for 系统管理员 and 安全管理员, and the pages of 安全与运行 in the rail."""

from collections.abc import Iterable

from django.db.models import QuerySet

from portal.enums import Severity, Urgency
from portal.incidents import reading, rules
from portal.models import Incident, User
from portal.todos import Heap, Place, Todo, register, register_places


def _rows(user: User) -> QuerySet[Incident]:
    return reading.to_handle(user).select_related(*reading.SHOWN_WITH)


def _todos(rows: Iterable[Incident]) -> list[Todo]:
    return [
        Todo(
            title=str(one),
            url=one.get_absolute_url(),
            detail=f"{one.get_severity_display()} · {one.get_state_display()} · {one.site or '全部站点'}",
            since=one.found_at,
            urgency=Urgency.AMBER if one.severity == Severity.ORDINARY else Urgency.RED,
        )
        for one in rows
    ]


register(
    Heap(
        "incidents",
        "安全事件",
        5,
        _rows,
        _todos,
        rules.keeps,
        counted=reading.to_handle,
        may_hold=rules.keeps,
    )
)
register_places(Place("all_incidents", "安全事件", 81, "desk:incidents", group="安全与运行"))
