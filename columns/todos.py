"""What waits for a person in the ledger: grants to consent to and to execute, leaves to find somebody for."""

from collections.abc import Iterable

from django.urls import reverse

from columns import queries, rules
from columns.models import Appointment, Leave
from portal.enums import Power
from portal.todos import Heap, Place, Todo, register, register_places


def _grants(rows: Iterable[Appointment]) -> list[Todo]:
    shown = rows.select_related("user__department", "role", "site", "column", "proposed_by")
    return [
        Todo(
            title=f"{row.user}：{row.role}（{row.place}）",
            url=row.get_absolute_url(),
            detail=f"{row.user.department or ''} · {row.proposed_by}提出：{row.reason}",
            since=row.consented_at or row.proposed_at,
        )
        for row in shown
    ]


def _leaves(rows: Iterable[Leave]) -> list[Todo]:
    return [
        Todo(
            title=f"{leave.person}：{leave.starts_on:%m-%d} 至 {leave.ends_on:%m-%d} 外出，请指定代理",
            url=f"{reverse('desk:name_acting')}?leave={leave.pk}",
            detail=leave.reason,
            since=leave.reported_at,
        )
        for leave in rows.select_related("person")
    ]


def _holds(power: Power):
    return lambda user: rules.powers_of(user).on_some_site(power)


register(
    Heap(
        "consent",
        "待同意授权",
        30,
        queries.to_consent,
        _grants,
        _holds(Power.CONSENT),
        may_hold=_holds(Power.CONSENT),
    ),
    Heap(
        "execute",
        "待办理授权",
        31,
        queries.to_execute,
        _grants,
        _holds(Power.GRANT),
        may_hold=_holds(Power.GRANT),
    ),
    Heap("acting", "待指定代理", 32, queries.leaves_to_cover, _leaves, lambda user: False),
)
register_places(
    Place("leaves", "外出与代理", 51, "desk:leaves"),
    Place("responsibilities", "信息维护分工", 52, "desk:responsibilities", group="分工与授权"),
    Place("ledger", "权限档案", 53, "desk:ledger", group="分工与授权"),
)
