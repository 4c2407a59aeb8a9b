"""Letters that wait for somebody: to be handled, to be closed, answers to approve, instructions to give."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from columns import rules as column_rules
from interaction.models import AnswerStep, Escalation, Instruction, Letter
from interaction.queries import answers as answer_queries
from interaction.queries import escalations as escalation_queries
from interaction.queries import letter_board as board
from interaction.queries import letters as queries
from interaction.queries import question_answers
from portal import limits
from portal.enums import Power, Urgency
from portal.models import Limit, User
from portal.todos import Heap, Place, Todo, register, register_places


def _letters(user: User) -> QuerySet[Letter]:
    rows = queries.with_clock(queries.waiting_for(user)).select_related(*queries.SHOWN_WITH)
    return rows.order_by("due_at", "pk")


def _to_close(user: User) -> QuerySet[Letter]:
    return queries.to_close(user).select_related(*queries.SHOWN_WITH).order_by("rated_at")


def letter_todos(rows: Iterable[Letter]) -> list[Todo]:
    """The calendar is read once, and only when a clock runs."""
    found = list(rows)
    clocks = {
        one.pk: Limit(due_at=one.due_at, computed=one.computed)
        for one in found
        if getattr(one, "due_at", None)
    }
    calendar = limits.calendar_for(clocks.values()) if clocks else None
    return [_letter_todo(one, clocks.get(one.pk), calendar) for one in found]


def _letter_todo(one: Letter, clock: Limit | None, calendar: Any) -> Todo:
    where = f"{one.site} · {one.letterbox} · {one.matter} · {one.get_state_display()}"
    return Todo(one.title, one.get_absolute_url(), f"{where} · {one.department or one.letterbox.receiver}", **_clock(
        one.written_at, clock, calendar
    ))  # fmt: skip


def _clock(since: Any, clock: Limit | None, calendar: Any) -> dict[str, Any]:
    if clock is None:
        return {"since": since}
    return {
        "since": since, "due_at": clock.due_at, "urgency": limits.urgency(clock, calendar=calendar),
        "time_left": limits.time_left(clock, calendar=calendar),
    }  # fmt: skip


def _answer_todos(rows: Iterable[AnswerStep]) -> list[Todo]:
    found = list(rows)
    clocks = {one.pk: Limit(due_at=one.due_at, computed=one.computed) for one in found if one.due_at}
    calendar = limits.calendar_for(clocks.values()) if clocks else None
    return [
        Todo(
            one.answer.subject.title, reverse("desk:answer", args=[one.answer_id]),
            f"{one.answer.site} · {one.label} · {one.answer.department} {one.answer.saved_by} 拟稿",
            **_clock(one.answer.saved_at, clocks.get(one.pk), calendar),
        )
        for one in found
    ]  # fmt: skip


def _instructions(user: User) -> QuerySet[Instruction]:
    return Instruction.objects.filter(leader=user, answered_at=None).select_related("letter", "asked_by")


def _instruction_todos(rows: Iterable[Instruction]) -> list[Todo]:
    return [
        Todo(
            one.letter.title,
            reverse("desk:instruction", args=[one.pk]),
            f"{one.asked_by}请示",
            since=one.asked_at,
        )
        for one in rows
    ]


def _escalation_todos(rows: Iterable[Escalation]) -> list[Todo]:
    return [
        Todo(
            getattr(one.subject, "title", str(one)), one.get_absolute_url(), f"{one.reported_by}报告：{one.reason}",
            since=one.reported_at, urgency=Urgency.AMBER,
        )
        for one in rows
    ]  # fmt: skip


def _answers_somewhere(user: User) -> bool:
    return bool(column_rules.powers_of(user).sites_with(Power.ANSWER))


def _sees_letters(user: User) -> bool:
    return bool(column_rules.powers_of(user).sites_with(Power.ANSWER, *board.OVERSEE))


def _approves(user: User) -> bool:
    return column_rules.powers_of(user).anywhere(*answer_queries.DECIDING, *question_answers.DECIDING)


def _never(user: User) -> bool:
    return False


register(
    Heap(
        "letters",
        "来信待办",
        15,
        _letters,
        letter_todos,
        _answers_somewhere,
        counted=queries.waiting_for,
        may_hold=_answers_somewhere,
    ),
    Heap(
        "answers",
        "待审答复",
        16,
        answer_queries.with_clock,
        _answer_todos,
        _never,
        counted=answer_queries.to_decide,
        may_hold=_approves,
    ),
    Heap("instructions", "待批示", 17, _instructions, _instruction_todos, _never),
    Heap("escalations", "重大问题", 18, escalation_queries.before, _escalation_todos, _never),
    Heap(
        "rated",
        "已评价待办结",
        19,
        _to_close,
        letter_todos,
        _never,
        counted=queries.to_close,
        may_hold=_answers_somewhere,
        is_pressing=False,
    ),
)
register_places(
    Place("centre", "受理中心", 19, "desk:centre", _sees_letters, group="互动交流"),
    Place("board", "来信总览", 20, "desk:letters", _sees_letters, group="互动交流"),
    Place("letterboxes", "信箱查看登记", 21, "desk:letterboxes", _sees_letters, group="互动交流"),
)
