"""What a letter asks of its answers: who drafts them, what moves with them, whom they reach (福建第二十二条)."""

from columns.models import ReviewRoute
from interaction.enums.letters import LetterState, Party
from interaction.models import Answer, Letter
from interaction.operations import clocks, moves
from interaction.operations.news import tell_writer
from interaction.rules import letters as rules
from portal.models import Department, User
from portal.workflow import NotAllowed

FIELD, CALLED, NEEDS_OUTCOME = "letter", "来信", True


def seat(letter: Letter, by: User) -> tuple[Department, User | None]:
    """For which department `by` drafts, and in whose place; NotAllowed for whoever may not."""
    used = rules.seat(by, Party.HANDLER, letter)
    if used is None or letter.department is None:
        raise NotAllowed(f"只有承办部门“{letter.department}”的答复人员可以拟写答复")
    return letter.department, rules.principal(used)


def takes_drafts(letter: Letter) -> bool:
    return letter.state == LetterState.IN_HAND


def route(letter: Letter) -> ReviewRoute | None:
    return letter.letterbox.route


def answer_at_once(letter: Letter, by: User) -> None:
    moves.by_person(letter, "answer", actor=by)


def submit(letter: Letter, by: User) -> None:
    moves.by_person(letter, "submit_answer", actor=by)
    moves.settle(letter)


def approved(letter: Letter, by: User) -> None:
    moves.by_itself(letter, "send_answer", actor=by)


def returned(answer: Answer, said: str, by: User) -> None:
    letter = moves.by_itself(answer.letter, "return_answer", actor=by)
    moves.tell_people(letter, [answer.saved_by], "答复退回", said)


def take_back(letter: Letter, by: User) -> Letter:
    return moves.by_person(letter, "take_back", actor=by)


def sent(answer: Answer, by: User) -> None:
    """The writer reads it, and whoever wrote about the same matter."""
    letter = answer.letter
    Letter.objects.filter(pk=letter.pk).update(answered_at=answer.sent_at, outcome=answer.outcome)
    clocks.stop(letter)
    moves.settle(letter)
    for one in (letter, *letter.merged.all()):
        tell_writer(
            one, f"{answer.department}已答复，办理结果：{answer.get_outcome_display()}。请查看答复并评价。"
        )
