"""What waits to be inspected, put right and re-checked; the place of inspection on the desk."""

from collections.abc import Iterable

from django.db.models import QuerySet

from assessment.models import Inspection, Rectification
from assessment.queries import inspections as inspection_queries
from assessment.queries import rectifications as queries
from columns import rules as column_rules
from portal import clock
from portal.enums import Power, Urgency
from portal.models import User
from portal.todos import Heap, Place, Todo, register, register_places


def _inspections(user: User) -> QuerySet[Inspection]:
    return inspection_queries.to_do(user).prefetch_related("sites").order_by("planned_on", "pk")


def _to_rectify(user: User) -> QuerySet[Rectification]:
    return queries.to_do(user).select_related("unit")


def _to_check(user: User) -> QuerySet[Rectification]:
    return queries.to_check(user).select_related("unit")


def _inspected(rows: Iterable[Inspection]) -> list[Todo]:
    return [
        Todo(
            one.title, one.get_absolute_url(), "、".join(str(site) for site in one.sites.all()),
            urgency=Urgency.AMBER if one.planned_on < clock.today() else Urgency.OK,
            time_left=f"{one.get_state_display()} {one.planned_on:%-m月%-d日}",
        )
        for one in rows
    ]  # fmt: skip


def _rectified(rows: Iterable[Rectification]) -> list[Todo]:
    found = queries.with_clocks(rows)
    due = {clock_.subject_id: clock_.due_at for clock_ in queries.clocks_of([row.one for row in found])}
    return [
        Todo(
            row.one.subject, row.one.get_absolute_url(), f"{row.one.unit} · {row.one.clause}",
            since=row.one.ordered_at, due_at=due.get(row.one.pk), urgency=Urgency(row.urgency), time_left=row.time_left,
        )
        for row in found
    ]  # fmt: skip


def _checked(rows: Iterable[Rectification]) -> list[Todo]:
    return [
        Todo(
            one.subject, one.get_absolute_url(), f"{one.unit} · {'逾期报告' if one.was_late else '按时报告'}",
            since=one.reported_at,
        )
        for one in rows
    ]  # fmt: skip


def _assesses(user: User) -> bool:
    return bool(column_rules.powers_of(user).sites_with(Power.INSPECT))


register(
    Heap(
        "inspections_due", "待检查", 61, _inspections, _inspected, lambda user: False,
        counted=inspection_queries.to_do, may_hold=_assesses,
    ),
    Heap("to_rectify", "待整改", 62, _to_rectify, _rectified, lambda user: False, counted=queries.to_do),
    Heap(
        "to_recheck", "待复查", 63, _to_check, _checked, lambda user: False, counted=queries.to_check,
        may_hold=_assesses,
    ),
)  # fmt: skip
register_places(Place("inspections", "检查与整改", 66, "desk:inspections", group="考核评价"))
