"""请示: a department asks a leading official, and gets an answer in the days the rule gives (质监第十五条)."""

from django.db import transaction
from django.urls import reverse

from interaction.enums.letters import LetterState, Party
from interaction.models import Instruction, Letter
from interaction.operations import moves
from interaction.queries.handlers import leaders
from interaction.rules import letters as rules
from portal import audit, clock, limits, notices
from portal.enums import NoticeKind
from portal.models import User
from portal.workflow import NotAllowed, Refused, TooLate

LABEL = "逐级请示"


@transaction.atomic
def ask(letter: Letter, leader: User, *, question: str, by: User) -> Instruction:
    """The letter's own clock runs on: whoever waits for an instruction owes the answer none the less."""
    letter = Letter.objects.select_for_update(no_key=True).get(pk=letter.pk)
    used = rules.seat(by, Party.HANDLER, letter)
    if used is None:
        raise NotAllowed("只有承办部门可以请示")
    if letter.state != LetterState.IN_HAND:
        raise TooLate(f"来信现在是“{letter.get_state_display()}”，不能请示")
    if leader not in leaders(letter.site):
        raise Refused("请选择有签发权限的领导", "leader")
    if not question.strip():
        raise Refused("请写明请示事项", "question")
    asked = letter.instructions.create(leader=leader, question=question, asked_by=by, asked_at=clock.now())
    if days := letter.letterbox.upward_days:
        limits.start(
            asked, label=LABEL, clause=letter.letterbox.clause, working_days=days, owner=leader, by=by
        )
    audit.record(
        "ask_instruction", "请示", letter, actor=by, note=f"请示{leader}", acting_for=rules.principal(used)
    )  # fmt: skip
    notices.tell([leader], f"待批示：{letter.title}", kind=NoticeKind.TODO, url=address(asked))
    return asked


@transaction.atomic
def answer(asked: Instruction, *, text: str, by: User) -> Instruction:
    """批示, by the one who was asked."""
    asked = Instruction.objects.select_for_update(no_key=True).get(pk=asked.pk)
    if asked.leader_id != by.pk:
        raise NotAllowed("只有被请示的领导可以批示")
    if asked.answered_at:
        raise TooLate("这件请示已经批示过了")
    if not text.strip():
        raise Refused("请写批示意见", "answer")
    asked.answer, asked.answered_at = text, clock.now()
    asked.save()
    for limit in limits.open_limits_for(asked):
        limits.meet(limit, by=by)
    notices.settle(address(asked))
    audit.record("instruct", "批示", asked.letter, actor=by)
    moves.tell_people(asked.letter, [asked.asked_by], "已批示", text)
    return asked


def address(asked: Instruction) -> str:
    return reverse("desk:instruction", args=[asked.pk])
