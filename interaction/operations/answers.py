"""答复 to letters and questions: drafted, approved along a route, sent as soon as the last approval is given.

What a letter and what a question ask of their answers, `letter_answers` and `question_answers` say.
"""

from types import ModuleType

from django.db import transaction
from django.urls import reverse

from columns.operations import Walk
from interaction.enums.letters import ANSWER_OPEN, AnswerState
from interaction.models import Answer, AnswerStep, Letter, Question
from interaction.operations import letter_answers, question_answers
from interaction.rules import answers as rules
from portal import clock
from portal.models import User
from portal.models.audit import in_place_of
from portal.workflow import Refused, TooLate, fire

Subject = Letter | Question


def review_address(answer: Answer) -> str:
    return reverse("desk:answer", args=[answer.pk])


WALK = Walk(
    AnswerStep, "answer", "答复", "待审答复",
    deciders=rules.deciders, why_not=rules.why_not_decide, acting_for=rules.acting_for,
    address=review_address, subject=lambda answer: answer.subject,
)  # fmt: skip


def open_answer(subject: Subject) -> Answer | None:
    return subject.answers.filter(state__in=ANSWER_OPEN).first()


@transaction.atomic
def save(subject: Subject, *, text: str, outcome: str = "", version: int, by: User) -> Answer:
    """Keep a draft. `version` is that of the draft the person looked at, 0 for none; TooLate if another was saved."""
    way = _way(subject)
    subject = type(subject)._default_manager.select_for_update(no_key=True).get(pk=subject.pk)
    department, principal = way.seat(subject, by)
    answer = open_answer(subject)
    if answer and answer.state == AnswerState.IN_REVIEW:
        raise TooLate("答复正在审核，要修改请先收回")
    if not way.takes_drafts(subject):
        raise TooLate(f"{way.CALLED}现在是“{subject.get_state_display()}”，不能改答复")
    if version != (answer.version if answer else 0):
        raise TooLate("这件答复在您打开之后又被别人保存过，请看过现在的内容再改")
    answer = answer or Answer(**{way.FIELD: subject}, version=0)
    answer.text, answer.outcome, answer.department = text, outcome, department
    answer.version += 1
    answer.saved_by, answer.saved_for, answer.saved_at = by, principal, clock.now()
    answer.save()
    return answer


@transaction.atomic
def finish(subject: Subject, *, text: str, outcome: str = "", version: int, by: User) -> Answer:
    """提交审核, or 答复 at once where the route has no steps: save, then let it go."""
    way = _way(subject)
    if not text.strip():
        raise Refused("请写答复内容", "text")
    if way.NEEDS_OUTCOME and not outcome:
        raise Refused("请选择办理结果", "outcome")
    answer = save(subject, text=text, outcome=outcome, version=version, by=by)
    route = way.route(subject)
    steps = list(route.steps.all()) if route else []
    if not steps:
        way.answer_at_once(subject, by)
        return _send(answer, by)
    WALK.check(answer, steps)
    way.submit(subject, by)
    answer = fire(answer, "submit", actor=by, why_not=_allowed)
    WALK.start(answer, steps)
    return answer


@transaction.atomic
def approve(step: AnswerStep, *, by: User, note: str = "") -> Answer:
    """同意: the next step begins, or the answer goes out."""
    answer = WALK.decide(step, "approve", by=by, note=note)
    if WALK.go_on(step):
        return answer
    _way(answer.subject).approved(answer.subject, by)
    return _send(answer, by)


@transaction.atomic
def return_(step: AnswerStep, *, by: User, note: str) -> Answer:
    """退回: the reason goes to the drafter, the remaining steps do not take place."""
    who = in_place_of(by, rules.acting_for(by, step))
    answer = WALK.decide(step, "return_", by=by, note=note)
    WALK.cancel(answer)
    _way(answer.subject).returned(answer, f"{who}（{step.label}）：{note}", by)
    return answer


@transaction.atomic
def take_back(subject: Subject, *, by: User) -> Subject:
    """收回修改: before it is sent, by the department that answers."""
    subject = _way(subject).take_back(subject, by)
    answer = open_answer(subject)
    if answer is None:
        raise TooLate("没有正在审核的答复，请刷新后再看")
    fire(answer, "recall", actor=by, why_not=_allowed)
    WALK.cancel(answer)
    return subject


def discard_open(subject: Subject) -> None:
    """The draft of a department that no longer answers; kept, not sent."""
    if answer := open_answer(subject):
        WALK.cancel(answer)
        fire(answer, "discard", actor=User.objects.system(), why_not=_allowed)


def _way(subject: Subject) -> ModuleType:
    return question_answers if isinstance(subject, Question) else letter_answers


def _send(answer: Answer, by: User) -> Answer:
    answer = fire(answer, "send", actor=by, why_not=_allowed, changes={"sent_at": clock.now()})
    _way(answer.subject).sent(answer, by)
    return answer


def _allowed(user: User, verb: str, answer: Answer) -> str:
    return ""
