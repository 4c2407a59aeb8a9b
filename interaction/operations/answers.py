"""答复: drafted, approved along the letterbox's route, sent to the writer as soon as the last approval is given."""

from django.db import transaction
from django.urls import reverse

from columns.enums import StepState
from columns.models import RouteStep
from interaction.enums.letters import ANSWER_OPEN, AnswerState, LetterState, Party
from interaction.models import Answer, AnswerStep, Letter
from interaction.operations import clocks, moves
from interaction.operations.news import tell_writer
from interaction.rules import answers as rules
from interaction.rules import letters as letter_rules
from portal import clock, limits, notices
from portal.enums import NoticeKind, Power
from portal.models import User
from portal.models.audit import in_place_of
from portal.workflow import NotAllowed, Refused, TooLate, fire


def open_answer(letter: Letter) -> Answer | None:
    return letter.answers.filter(state__in=ANSWER_OPEN).first()


@transaction.atomic
def save(letter: Letter, *, text: str, outcome: str, version: int, by: User) -> Answer:
    """Keep a draft. `version` is that of the draft the person looked at, 0 for none; TooLate if another was saved."""
    letter = Letter.objects.select_for_update(no_key=True).get(pk=letter.pk)
    used = letter_rules.seat(by, Party.HANDLER, letter)
    if used is None:
        raise NotAllowed(f"只有承办部门“{letter.department}”的答复人员可以拟写答复")
    answer = open_answer(letter)
    if letter.state != LetterState.IN_HAND or (answer and answer.state == AnswerState.IN_REVIEW):
        raise TooLate(f"来信现在是“{letter.get_state_display()}”，不能改答复")
    if version != (answer.version if answer else 0):
        raise TooLate("这件答复在您打开之后又被别人保存过，请看过现在的内容再改")
    answer = answer or Answer(letter=letter, version=0)
    answer.text, answer.outcome, answer.department = text, outcome, letter.department
    answer.version += 1
    answer.saved_by, answer.saved_for, answer.saved_at = by, letter_rules.principal(used), clock.now()
    answer.save()
    return answer


@transaction.atomic
def finish(letter: Letter, *, text: str, outcome: str, version: int, by: User) -> Answer:
    """提交审核, or 答复 at once where the letterbox has no route: save, then let it go."""
    if not text.strip():
        raise Refused("请写答复内容", "text")
    if not outcome:
        raise Refused("请选择办理结果", "outcome")
    answer = save(letter, text=text, outcome=outcome, version=version, by=by)
    steps = list(letter.letterbox.route.steps.all()) if letter.letterbox.route else []
    if not steps:
        moves.by_person(letter, "answer", actor=by)
        return _send(answer, by)
    _check_somebody_may_decide(answer, steps)
    moves.by_person(letter, "submit_answer", actor=by)
    answer = fire(answer, "submit", actor=by, why_not=_allowed)
    number = (answer.steps.order_by("-round").values_list("round", flat=True).first() or 0) + 1
    AnswerStep.objects.bulk_create(_copy(step, answer, number) for step in steps)
    moves.settle(letter)
    _begin(answer.steps.filter(round=number).order_by("position").first())
    return answer


@transaction.atomic
def approve(step: AnswerStep, *, by: User, note: str = "") -> Answer:
    """同意: the next step begins, or the answer goes out."""
    answer = _decide(step, "approve", StepState.APPROVED, by, note)
    following = answer.steps.filter(round=step.round, state=StepState.WAITING).order_by("position").first()
    if following:
        _begin(following)
        return answer
    moves.by_itself(answer.letter, "send_answer", actor=by)
    return _send(answer, by)


@transaction.atomic
def return_(step: AnswerStep, *, by: User, note: str) -> Answer:
    """退回: the reason goes to the drafter, the remaining steps do not take place."""
    who = in_place_of(by, rules.acting_for(by, step))
    answer = _decide(step, "return_", StepState.RETURNED, by, note)
    answer.steps.filter(state=StepState.WAITING).update(state=StepState.CANCELLED)
    letter = moves.by_itself(answer.letter, "return_answer", actor=by)
    moves.tell_people(letter, [answer.saved_by], "答复退回", f"{who}（{step.label}）：{note}")
    return answer


@transaction.atomic
def take_back(letter: Letter, *, by: User) -> Letter:
    """收回修改: before it is sent, by the department that answers."""
    letter = moves.by_person(letter, "take_back", actor=by)
    answer = open_answer(letter)
    _cancel_steps(answer)
    fire(answer, "recall", actor=by, why_not=_allowed)
    return letter


def discard_open(letter: Letter) -> None:
    """The draft of a department that no longer answers; kept, not sent."""
    if answer := open_answer(letter):
        _cancel_steps(answer)
        fire(answer, "discard", actor=User.objects.system(), why_not=_allowed)


def review_address(answer: Answer) -> str:
    return reverse("desk:answer", args=[answer.pk])


def _send(answer: Answer, by: User) -> Answer:
    answer = fire(answer, "send", actor=by, why_not=_allowed, changes={"sent_at": clock.now()})
    letter = answer.letter
    Letter.objects.filter(pk=letter.pk).update(answered_at=answer.sent_at, outcome=answer.outcome)
    clocks.stop(letter)
    moves.settle(letter)
    for one in (letter, *letter.merged.all()):
        tell_writer(
            one, f"{answer.department}已答复，办理结果：{answer.get_outcome_display()}。请查看答复并评价。"
        )
    return answer


def _decide(step: AnswerStep, verb: str, outcome: StepState, by: User, note: str) -> Answer:
    """The step, not the answer, is what was looked at: if it came back meanwhile, TooLate."""
    current = AnswerStep.objects.select_for_update(no_key=True).get(pk=step.pk)
    if current.state != StepState.CURRENT:
        raise TooLate("这件答复在您打开之后又被改动或处理过，请刷新后再看")
    principal = rules.acting_for(by, current)
    answer = fire(
        current.answer, verb, actor=by, note=note,
        why_not=lambda user, _verb, _answer: rules.why_not_decide(user, current),
        acting_for=lambda user, _verb, _answer: principal,
    )  # fmt: skip
    current.state, current.note = outcome, note
    current.decided_by, current.decided_for, current.decided_at = by, principal, clock.now()
    current.save()
    _stop_clock(current)
    notices.settle(review_address(answer))
    return answer


def _check_somebody_may_decide(answer: Answer, steps: list[RouteStep]) -> None:
    for step in steps:
        if not rules.deciders(answer, Power(step.power)):
            raise Refused(
                f"“{step.label}”目前没有可审核的人（拟稿人不能审核自己的答复），请联系网管授权后再提交"
            )


def _copy(step: RouteStep, answer: Answer, number: int) -> AnswerStep:
    return AnswerStep(
        answer=answer, round=number, position=step.position, label=step.label, power=step.power,
        asks=step.asks, working_days=step.working_days, clause=step.clause,
    )  # fmt: skip


def _begin(step: AnswerStep) -> None:
    step.state = StepState.CURRENT
    step.save()
    limits.start(step, label=step.label, clause=step.clause, working_days=step.working_days)
    notices.tell(
        rules.deciders(step.answer, Power(step.power)), f"待审答复：{step.answer.subject.title}",
        kind=NoticeKind.TODO, url=review_address(step.answer), key=f"answer-step-{step.pk}",
    )  # fmt: skip


def _cancel_steps(answer: Answer) -> None:
    for step in answer.steps.filter(state=StepState.CURRENT):
        _stop_clock(step)
    answer.steps.filter(state__in=(StepState.WAITING, StepState.CURRENT)).update(state=StepState.CANCELLED)
    notices.settle(review_address(answer))


def _stop_clock(step: AnswerStep) -> None:
    for limit in limits.open_limits_for(step):
        limits.meet(limit)


def _allowed(user: User, verb: str, answer: Answer) -> str:
    return ""
