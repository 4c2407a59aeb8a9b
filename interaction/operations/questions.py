"""The only writers of questions: asked, referred, refused, closed, found useful, made 常见问题. Answers have theirs."""

from uuid import UUID

from django.db import transaction

from columns.models import Column
from interaction.models import Question
from interaction.operations import answers, items
from interaction.operations.question_answers import desk_address
from interaction.queries import questions as queries
from interaction.rules import questions as rules
from portal import audit, clock, notices, pages, richtext
from portal.enums import NoticeKind
from portal.models import Department, User
from portal.workflow import NotAllowed, Refused, TooLate, as_they_stand, fire

LABEL = "答复提问"


@transaction.atomic
def ask(column: Column, department: Department, *, title: str, body: str, by: User, key: UUID) -> Question:
    """提问: addressed to a department that answers there; its clock starts, whoever answers is told.

    The same `key` of the same person gives the first one back: a double click asks once.
    """
    by = as_they_stand(by)
    if reason := rules.why_not_ask(by, column):
        raise NotAllowed(reason)
    if department not in queries.answering_departments(column):
        raise Refused(f"{department}不答复“{column}”栏目的提问，请另选部门", "department")
    asked = {
        "site": column.site, "column": column, "department": department, "title": richtext.one_line(title),
        "body": body, "asker_department": by.department, "asked_at": clock.now(),
    }  # fmt: skip
    question, is_new = Question.objects.get_or_create(asked_by=by, key=key, defaults=asked)
    if is_new:
        audit.record("ask", "提问", question, actor=by, note=f"请{department}答复")
        items.start(question, LABEL, by=by)
        _call_answerers(question, "新提问")
    return question


@transaction.atomic
def refer(question: Question, department: Department, *, by: User, note: str) -> Question:
    """转办 to another department that answers there, with the reason; the asker is told. The clock runs on."""
    if not note.strip():
        raise Refused("请写明转办的理由", "note")
    question = Question.objects.select_for_update(no_key=True).get(pk=question.pk)
    if department not in queries.answering_departments(question.column):
        raise Refused(f"{department}不答复“{question.column}”栏目的提问，请另选部门", "department")
    if department.pk == question.department_id:
        raise Refused(f"提问已在{department}，请选择别的部门", "department")
    before = question.department
    said = f"由{before}转{department}：{note.strip()}"
    question = _move(question, "refer", by, said, department=department)
    answers.discard_open(question)
    _call_answerers(question, "转来提问")
    _tell_asker(question, f"您的提问转由{department}答复", said)
    return question


@transaction.atomic
def refuse(question: Question, *, by: User, note: str) -> Question:
    """不予答复: it is kept with the reason, which its asker and inspection see (办法第十二条)."""
    question = _move(question, "refuse", by, note)
    answers.discard_open(question)
    items.stop(question, by=by)
    _tell_asker(question, "您的提问不予答复", f"理由：{question.reason}")
    return question


@transaction.atomic
def close(question: Question, *, by: User, note: str = "") -> Question:
    """办结: question and answer stay readable, nothing more is said below them."""
    question = _move(question, "close", by, note)
    _tell_asker(question, "您的提问已办结", note)
    return question


@transaction.atomic
def make_faq(question: Question, *, by: User, title: str = "") -> Question:
    """设为常见问题: it stands on top of its column, as `title` where that says it shorter. Again: another title."""
    question = _of_faq(question, by)
    question.faq_title = richtext.one_line(title) if title.strip() != question.title else ""
    question.faq_at = question.faq_at or clock.now()
    question.save(update_fields=["faq_title", "faq_at"])
    audit.record("make_faq", "设为常见问题", question, actor=by, note=question.faq_title)
    return question


@transaction.atomic
def unmake_faq(question: Question, *, by: User) -> Question:
    """取消常见问题: it stays where it was asked and answered."""
    question = _of_faq(question, by)
    if question.faq_at is None:
        raise TooLate("这个提问已经不是常见问题")
    question.faq_title, question.faq_at = "", None
    question.save(update_fields=["faq_title", "faq_at"])
    audit.record("unmake_faq", "取消常见问题", question, actor=by)
    return question


@transaction.atomic
def mark_useful(question: Question, *, by: User) -> bool:
    """有用, counted once a 工号; whether it is counted now for the first time."""
    if not question.is_shown or not rules.may_see(by, question):
        raise NotAllowed("提问答复以后才能评价")
    is_first = question.marks.get_or_create(user=by, defaults={"at": clock.now()})[1]
    pages.recorded([question])  # lists tell how many found it useful; no trail is kept of who did
    return is_first


def _move(question: Question, verb: str, by: User, note: str, **changes) -> Question:
    changes |= {
        "decided_by": by, "decided_for": rules.acting_for(by, verb, question), "decided_at": clock.now(),
        "reason": note.strip(),
    }  # fmt: skip
    question = fire(
        question,
        verb,
        actor=by,
        why_not=rules.why_not,
        acting_for=rules.acting_for,
        note=note,
        changes=changes,
    )
    notices.settle(desk_address(question))
    return question


def _of_faq(question: Question, by: User) -> Question:
    question = Question.objects.select_for_update(no_key=True).get(pk=question.pk)
    if reason := rules.why_not_faq(as_they_stand(by), question):
        raise NotAllowed(reason)
    return question


def _call_answerers(question: Question, said: str) -> None:
    notices.tell(
        queries.answerers(question), f"{said}：{question}", kind=NoticeKind.TODO,
        body=f"{question.column} · {question.asker_department or ''} {question.asked_by}",
        url=desk_address(question),
    )  # fmt: skip


def _tell_asker(question: Question, said: str, body: str) -> None:
    notices.tell(
        [question.asked_by], f"{said}：{question}", kind=NoticeKind.RESULT, body=body,
        url=question.get_absolute_url(),
    )  # fmt: skip
