"""Activities that wait for somebody: to be reviewed, to be mended, to have their results published or kept."""

from collections.abc import Callable, Iterable

from django.db.models import CharField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast

from columns import rules as column_rules
from interaction.models import Activity
from interaction.queries import activities as queries
from portal.enums import SEES_WORK, Power
from portal.models import AuditEntry, User
from portal.todos import Heap, Place, Todo, register, register_places

SHOWN_WITH = ("site", "department", "reported_by")


def _with_faces(rows: Callable[[User], QuerySet[Activity]]) -> Callable[[User], QuerySet[Activity]]:
    return lambda user: rows(user).select_related(*SHOWN_WITH)


def _to_mend(user: User) -> QuerySet[Activity]:
    """With the reason it came back for."""
    said = AuditEntry.objects.filter(
        object_type=Activity._meta.label_lower, object_id=Cast(OuterRef("pk"), CharField()), verb="return_"
    )
    rows = queries.to_mend(user).select_related(*SHOWN_WITH)
    return rows.annotate(reason=Subquery(said.order_by("-id").values("note")[:1]))


def _reported(rows: Iterable[Activity]) -> list[Todo]:
    return [_todo(one, f"{one.department} {one.reported_by or ''}", one.reported_at) for one in rows]


def _returned(rows: Iterable[Activity]) -> list[Todo]:
    return [_todo(one, f"退回理由：{one.reason or ''}", one.decided_at) for one in rows]


def _over(rows: Iterable[Activity]) -> list[Todo]:
    return [_todo(one, str(one.department), one.over_at) for one in rows]


def _todo(one: Activity, words: str, since) -> Todo:
    return Todo(
        one.title, one.desk_url, f"{one.site} · {one.get_kind_display()} · {words}".strip(), since=since
    )


def _on_some_site(power: Power) -> Callable[[User], bool]:
    return lambda user: column_rules.powers_of(user).on_some_site(power)


register(
    Heap(
        "activity_review", "待审活动", 20, _with_faces(queries.to_review), _reported,
        _on_some_site(Power.REVIEW), counted=queries.to_review, may_hold=_on_some_site(Power.REVIEW),
    ),
    Heap(
        "activity_mend", "退回待改活动", 21, _to_mend, _returned, lambda user: False, counted=queries.to_mend,
    ),
    Heap(
        "activity_results", "已结束待公布结果", 22, _with_faces(queries.results_to_publish), _over,
        lambda user: False, counted=queries.results_to_publish, may_hold=_on_some_site(Power.PUBLISH),
    ),
)  # fmt: skip


def _sees_work(user: User) -> bool:
    return bool(column_rules.powers_of(user).sites_with(*SEES_WORK))


register_places(Place("activities", "网上活动", 22, "desk:activities", _sees_work, group="互动交流"))
