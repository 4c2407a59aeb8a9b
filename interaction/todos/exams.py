"""Exams that wait for somebody: to be sat, to be marked."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from columns.rules import powers_of
from interaction.models import Activity
from interaction.queries import attempts as queries
from portal import clock
from portal.enums import Power, Urgency
from portal.models import User
from portal.todos import Heap, Todo, register

SIT, MARK = "exam_sit", "exam_mark"


def _to_sit(user: User) -> QuerySet[Activity]:
    return queries.to_sit(user).select_related("site", "exam")


def _to_mark(user: User) -> QuerySet[Activity]:
    return queries.to_mark(user).select_related("site")


def _sittings(exams: Iterable[Activity]) -> list[Todo]:
    return [
        Todo(
            exam.title, exam.get_absolute_url(), detail=f"{exam.site} · 答题 {exam.exam.minutes} 分钟",
            since=exam.opens_at, due_at=exam.closes_at, urgency=_urgency(exam.closes_at),
            time_left=_time_left(exam.closes_at),
        )
        for exam in exams
    ]  # fmt: skip


def _markings(exams: Iterable[Activity]) -> list[Todo]:
    return [
        Todo(
            exam.title, reverse("desk:exam_mark", args=[exam.pk]), detail=f"{exam.site} · 简答题待评阅",
            since=exam.over_at,
        )
        for exam in exams
    ]  # fmt: skip


def _days(closes_at: datetime) -> int:
    return (clock.local(closes_at).date() - clock.today()).days


def _urgency(closes_at: datetime) -> Urgency:
    return Urgency.AMBER if _days(closes_at) <= 1 else Urgency.OK


def _time_left(closes_at: datetime) -> str:
    """Days of the calendar: an exam closes on a weekend too."""
    days, hour = _days(closes_at), f"{clock.local(closes_at):%H:%M}"
    return f"还剩 {days} 天" if days > 1 else f"{'明天' if days else '今天'} {hour} 截止"


def _marks(user: User) -> bool:
    return bool(powers_of(user).sites_with(Power.COLLECT))


register(
    Heap(SIT, "待参加的考试", 24, _to_sit, _sittings, lambda user: False, counted=queries.to_sit),
    Heap(
        MARK, "待阅卷", 25, _to_mark, _markings, lambda user: False, counted=queries.to_mark, may_hold=_marks
    ),
)
