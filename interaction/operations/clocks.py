"""时限 of letters: to be received, to be answered; extended and paused by the office alone, the writer told."""

from django.db import transaction
from django.utils.timezone import localdate

from interaction.enums.letters import ClockStart, Party
from interaction.models import Letter
from interaction.operations.moves import tell_department
from interaction.operations.news import tell_writer
from interaction.rules import letters as rules
from portal import clock, limits
from portal.models import Limit, User
from portal.workdays import Calendar
from portal.workflow import NotAllowed, Refused

RECEIVE, ANSWER = "受理来信", "答复来信"


def running(letter: Letter, label: str = ANSWER) -> Limit | None:
    return limits.open_limits_for(letter).filter(label=label).first()


def start_receiving(letter: Letter) -> None:
    if days := letter.letterbox.receive_days:
        limits.start(letter, label=RECEIVE, clause=letter.letterbox.clause, working_days=days)


def start_answering(letter: Letter) -> Limit:
    return limits.start(
        letter, label=ANSWER, clause=letter.matter.clause, working_days=letter.matter.answer_days
    )


def pass_on(letter: Letter) -> None:
    """A department has it now: received; where its days are its own, they begin anew (12365: 由相关部门在2个工作日内)."""
    if receiving := running(letter, RECEIVE):
        limits.meet(receiving)
    answering = running(letter)
    if answering and letter.letterbox.clock_start == ClockStart.DEPARTMENT:
        limits.meet(answering)
        answering = None
    if answering is None:
        start_answering(letter)


def stop(letter: Letter) -> None:
    for limit in limits.open_limits_for(letter):
        limits.meet(limit)


def is_late_to_refer(letter: Letter) -> bool:
    """Whether the department has had it longer than it may before passing it on (质监第十五条: 三个工作日内转交)."""
    days, last = letter.letterbox.refer_days, letter.path.exclude(to_department=None).last()
    if not days or last is None:
        return False
    since = localdate(last.at)
    return clock.today() > Calendar.since(since).add(since, days).due


@transaction.atomic
def extend(letter: Letter, days: int, *, clause: str, reason: str, document: str, by: User) -> Limit:
    """延期. Raises NotAllowed for whoever is not the office, Refused as `limits.extend` does."""
    limit = limits.extend(_limit(letter, by), days, clause=clause, reason=reason, document=document, by=by)
    tell_writer(letter, f"经批准，答复时限延长 {days} 个工作日，延至{limits.due_text(limit)}。理由：{reason}")
    return limit


@transaction.atomic
def pause(letter: Letter, *, clause: str, reason: str, document: str, by: User) -> Limit:
    limit = limits.pause(_limit(letter, by), clause=clause, reason=reason, document=document, by=by)
    tell_writer(letter, f"答复时限自今日起暂停计算。理由：{reason}")
    return limit


@transaction.atomic
def resume(letter: Letter, *, by: User) -> Limit:
    limit = limits.resume(_limit(letter, by), by=by)
    tell_writer(letter, f"答复时限恢复计算，最迟于{limits.due_text(limit)}答复。")
    return limit


def _limit(letter: Letter, by: User) -> Limit:
    if rules.seat(by, Party.OFFICE, letter) is None:
        raise NotAllowed(f"延期和暂停须由协调部门“{letter.letterbox.office}”决定")
    limit = running(letter)
    if limit is None:
        raise Refused("这封来信没有正在计算的答复时限")
    return limit


def _moved(limit: Limit, move: str) -> None:
    """A changed calendar: the department hears of it, and the writer reads the new date."""
    letter: Letter = limit.subject
    tell_department(
        letter, letter.department or letter.letterbox.receiver, f"工作日历调整，{limit.label}{move}"
    )
    if limit.label == ANSWER:
        tell_writer(
            letter, f"工作日历调整，最迟答复日期改为{limits.due_text(limit)}。{limit.computed['explained']}。"
        )


limits.tell_moves_of(Letter, _moved)
