"""What waits in reminding: slips to sign for, limits to accept, entries to confirm; the pages of the three."""

from collections.abc import Iterable

from django.db.models import QuerySet

from assessment.models import Mention, ReminderSlip
from assessment.queries import limits, mentions, slips
from columns import rules as column_rules
from columns.models import Cadence
from portal import clock
from portal.enums import Power, Urgency
from portal.models import User
from portal.todos import Heap, Place, Todo, register, register_places
from portal.workdays import end_of_day


def _slips(user: User) -> QuerySet[ReminderSlip]:
    return slips.to_acknowledge(user).select_related("site", "column", "unit")


def _slip_todos(rows: Iterable[ReminderSlip]) -> list[Todo]:
    return [
        Todo(
            f"{one}：{one.what}", one.get_absolute_url(), f"{one.unit} · {one.rule}", since=one.issued_at,
            due_at=end_of_day(one.due_on), urgency=_urgency(one), time_left=_time_left(one),
        )
        for one in rows
    ]  # fmt: skip


def _time_left(one: ReminderSlip) -> str:
    days = (one.due_on - clock.today()).days
    return f"还剩 {days} 天" if days > 0 else "今天到期" if days == 0 else f"已逾期 {-days} 天"


def _urgency(one: ReminderSlip) -> Urgency:
    days = (one.due_on - clock.today()).days
    return Urgency.RED if days < 0 else Urgency.AMBER if days <= 1 or one.level > 1 else Urgency.OK


def _filed(user: User) -> QuerySet[Cadence]:
    return limits.filed(user).select_related("department", "column__site", "filed_by")


def _filed_todos(rows: Iterable[Cadence]) -> list[Todo]:
    return [
        Todo(
            f"{one.department}：{one}",
            one.get_absolute_url(),
            f"{one.filed_by}申报 · {one.clause}",
            since=one.filed_at,
        )
        for one in rows
    ]


def _mentions(user: User) -> QuerySet[Mention]:
    return mentions.to_confirm(user).select_related("unit", "column")


def _mention_todos(rows: Iterable[Mention]) -> list[Todo]:
    return [Todo(str(one), one.get_absolute_url(), one.rule) for one in rows]


def _inspects(user: User) -> bool:
    return column_rules.powers_of(user).on_some_site(Power.INSPECT)


register(
    Heap(
        "slips_to_sign", "待签收提醒单", 40, _slips, _slip_todos, lambda user: False, counted=slips.to_acknowledge
    ),
    Heap(
        "cadences_filed", "待备案时限", 41, _filed, _filed_todos, lambda user: False, counted=limits.filed,
        may_hold=_inspects,
    ),
    Heap(
        "mentions_listed", "待确认通报", 42, _mentions, _mention_todos, lambda user: False,
        counted=mentions.to_confirm, may_hold=_inspects,
    ),
)  # fmt: skip
register_places(
    Place("cadences", "更新时限", 62, "desk:cadences", group="考核评价"),
    Place("slips", "提醒单", 63, "desk:slips", group="考核评价"),
    Place("mentions", "通报名单", 64, "desk:mentions", group="考核评价"),
)
