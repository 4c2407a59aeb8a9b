"""题库 that lack this month's update, for those who keep them (办法第十五条)."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import QuerySet

from interaction.models import QuestionBank
from interaction.queries import banks as queries
from interaction.rules import banks as rules
from portal import clock, parameters
from portal.enums import Urgency
from portal.models import User
from portal.todos import Heap, Place, Todo, register, register_places

KEY = "exam_bank"


def _rows(user: User) -> QuerySet[QuestionBank]:
    return queries.stale(user).select_related("site").order_by("site", "name", "pk")


def _todos(banks: Iterable[QuestionBank]) -> list[Todo]:
    days = (queries.last_day() - clock.today()).days
    wanted = parameters.value(queries.UPDATES)
    return [
        Todo(
            bank.name, bank.get_absolute_url(),
            detail=f"{bank.site} · 每月至少更新 {wanted} 次，本月已更新 {bank.updates} 次",
            due_at=queries.month_ends() - timedelta(seconds=1), urgency=Urgency.AMBER,
            time_left=f"本月还剩 {days} 天" if days else "今天是本月最后一天",
        )
        for bank in banks
    ]  # fmt: skip


register(
    Heap(
        KEY,
        "题库待更新",
        26,
        _rows,
        _todos,
        lambda user: False,
        counted=queries.stale,
        may_hold=lambda user: bool(rules.sites_seen(user)),
    )
)
register_places(
    Place("banks", "题库", 26, "desk:banks", lambda user: bool(rules.sites_seen(user)), group="互动交流")
)
