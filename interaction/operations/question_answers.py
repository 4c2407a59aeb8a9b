"""What a question asks of its answers: who drafts them, the column's route, that readers find both (办法第十五条)."""

from django.urls import reverse

from columns import queries as column_queries
from columns import rules as column_rules
from columns.models import ReviewRoute
from interaction.models import Answer, Question
from interaction.operations import items
from interaction.rules import questions as rules
from portal import notices
from portal.enums import NoticeKind, Power
from portal.models import Department, User
from portal.workflow import NotAllowed, fire

FIELD, CALLED, NEEDS_OUTCOME = "question", "提问", False


def seat(question: Question, by: User) -> tuple[Department, User | None]:
    """For which department `by` drafts, and in whose place; NotAllowed for whoever may not."""
    if reason := rules.why_not_answer(by, question):
        raise NotAllowed(reason)
    return question.department, column_rules.acting_for(by, Power.ANSWER, question.column)


def takes_drafts(question: Question) -> bool:
    return question.is_open


def route(question: Question) -> ReviewRoute | None:
    """The column's, or the office's ordinary one."""
    nearest = column_queries.route_of(question.column, column_queries.tree(question.site))
    return nearest or ReviewRoute.objects.filter(is_default=True).first()


def submit(question: Question, by: User) -> None:
    """It waits for those who approve now, not for those who answer."""
    notices.settle(desk_address(question))


def approved(question: Question, by: User) -> None:
    fire(question, "answered", actor=by, why_not=_allowed)


answer_at_once = approved


def returned(answer: Answer, said: str, by: User) -> None:
    notices.tell(
        [answer.saved_by], f"答复退回：{answer.question}", kind=NoticeKind.TODO, body=said,
        url=desk_address(answer.question),
    )  # fmt: skip


def take_back(question: Question, by: User) -> Question:
    seat(question, by)
    return question


def sent(answer: Answer, by: User) -> None:
    """The question is readable with its answer; whoever asked is told."""
    question = Question.objects.get(pk=answer.question_id)
    question.answered_at = answer.sent_at
    question.save(update_fields=["answered_at"])
    items.stop(question, by=by)
    notices.settle(desk_address(question))
    notices.tell(
        [question.asked_by], f"您的提问已答复：{question}", kind=NoticeKind.RESULT,
        body=f"{answer.department}已答复。", url=question.get_absolute_url(),
    )  # fmt: skip


def desk_address(question: Question) -> str:
    return reverse("desk:question", args=[question.pk])


def _allowed(user: User, verb: str, question: Question) -> str:
    return ""
