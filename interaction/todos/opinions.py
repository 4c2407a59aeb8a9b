"""Opinions and questions that wait for somebody: to be looked over, to be decided, to be accepted."""

from collections.abc import Callable, Iterable

from django.db.models import QuerySet
from django.urls import reverse

from columns import rules as column_rules
from interaction.models import Activity, InterviewQuestion, Opinion
from interaction.queries import interviews as interview_queries
from interaction.queries import opinions as queries
from portal.enums import Power
from portal.models import User
from portal.todos import Heap, Todo, register

BEGINNING = 40


def _opinions(user: User) -> QuerySet[Opinion]:
    return queries.to_look_over(user).select_related("consultation__activity__site", "clause")


def _consultations(user: User) -> QuerySet[Activity]:
    return queries.to_decide(user).select_related("site", "department")


def _questions(user: User) -> QuerySet[InterviewQuestion]:
    return interview_queries.to_accept(user).select_related("interview__activity__site")


def _looked_over(rows: Iterable[Opinion]) -> list[Todo]:
    return [
        Todo(
            _beginning(one.text), reverse("desk:opinion", args=[one.activity.pk, one.pk]),
            f"{one.site} · {one.activity} · {one.clause or '全文'}", since=one.sent_at,
        )
        for one in rows
    ]  # fmt: skip


def _decided(rows: Iterable[Activity]) -> list[Todo]:
    return [
        Todo(
            one.title, reverse("desk:consultation_feedback", args=[one.pk]), f"{one.site} · {one.department}",
            since=one.over_at,
        )
        for one in rows
    ]  # fmt: skip


def _accepted(rows: Iterable[InterviewQuestion]) -> list[Todo]:
    return [
        Todo(
            _beginning(one.text), f"{reverse('desk:interview_questions', args=[one.activity.pk])}#q{one.pk}",
            f"{one.site} · {one.activity}", since=one.sent_at,
        )
        for one in rows
    ]  # fmt: skip


def _beginning(text: str) -> str:
    words = " ".join(text.split())
    return f"{words[:BEGINNING]}…" if len(words) > BEGINNING else words


def _on_some_site(power: Power) -> Callable[[User], bool]:
    return lambda user: column_rules.powers_of(user).on_some_site(power)


register(
    Heap(
        "opinions", "待看意见", 23, _opinions, _looked_over, _on_some_site(Power.PUBLISH),
        counted=queries.to_look_over, may_hold=_on_some_site(Power.PUBLISH),
    ),
    Heap(
        "opinion_decisions", "待反馈征集", 24, _consultations, _decided, lambda user: False,
        counted=queries.to_decide, may_hold=_on_some_site(Power.COLLECT),
    ),
    Heap(
        "interview_questions", "待审访谈提问", 25, _questions, _accepted, _on_some_site(Power.PUBLISH),
        counted=interview_queries.to_accept, may_hold=_on_some_site(Power.PUBLISH),
    ),
)  # fmt: skip
