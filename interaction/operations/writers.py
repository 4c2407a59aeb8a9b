"""What the writer does later: says whether they are satisfied, and asks once that it be handled again."""

from datetime import timedelta

from django.db import transaction

from interaction.enums.letters import LetterState, Outcome, Satisfaction
from interaction.models import Letter
from interaction.operations import clocks, moves
from interaction.operations.news import tell_writer
from portal import audit, clock
from portal.models import User
from portal.workflow import Refused, TooLate


@transaction.atomic
def rate(letter: Letter, satisfaction: Satisfaction, *, note: str = "", by: User | None = None) -> Letter:
    """评价 an answer, once."""
    letter = Letter.objects.select_for_update(no_key=True).get(pk=letter.pk)
    if letter.state not in (LetterState.ANSWERED, LetterState.CLOSED) or not letter.answered_at:
        raise TooLate("答复之后才能评价")
    if letter.rated_at:
        raise TooLate("您已经评价过这次答复")
    letter.satisfaction, letter.satisfaction_note, letter.rated_at = satisfaction, note, clock.now()
    letter.save(update_fields=["satisfaction", "satisfaction_note", "rated_at"])
    label = Satisfaction(satisfaction).label
    audit.record("rate", "评价", letter, actor=by or User.objects.system(), note=f"来信人：{label}")
    if letter.department:
        moves.tell_department(letter, letter.department, f"来信人评价“{label}”")
    return letter


@transaction.atomic
def reopen(letter: Letter, *, note: str, by: User | None = None) -> Letter:
    """再次办理: once, within the days the letterbox gives, with what is still missing. The days to answer begin anew."""
    if reason := why_not_reopen(letter):
        raise Refused(reason)
    if not note.strip():
        raise Refused("请写明哪里没有解决", "note")
    changes = {
        "reopened_at": clock.now(), "outcome": "", "closed_at": None,
        "satisfaction": "", "satisfaction_note": "", "rated_at": None,
    }  # fmt: skip
    letter = moves.by_itself(letter, "reopen", actor=by or User.objects.system(), note=note, changes=changes)
    clocks.start_answering(letter)
    moves.settle(letter)
    moves.tell_department(letter, letter.department, "来信人要求再次办理", note)
    tell_writer(letter, f"您要求再次办理，已转{letter.department}。理由：{note}")
    return letter


def why_not_reopen(letter: Letter) -> str:
    """Why the writer may not ask again; "" when they may."""
    if letter.outcome in (Outcome.DUPLICATE, Outcome.DECLINED) or not letter.answered_at:
        return "这封来信没有答复可以再次办理"
    if letter.reopened_at:
        return "一封来信只能要求再次办理一次；如有新的情况，请另写一封"
    days = letter.letterbox.reopen_days
    if days is None:
        return "这个信箱不受理再次办理的要求，如有新的情况，请另写一封"
    if clock.now() > letter.answered_at + timedelta(days=days):
        return f"已超过答复后 {days} 日，如有新的情况，请另写一封"
    return ""
