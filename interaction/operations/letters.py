"""办理: a letter is received, passed on, adjudicated, merged, declined, closed. Whoever wrote it is told each time."""

from collections.abc import Iterable

from django.db import transaction

from interaction.enums.letters import LetterState, MoveKind, Outcome, Party
from interaction.models import Letter, Matter
from interaction.operations import answers, clocks, moves
from interaction.operations.news import tell_writer
from interaction.queries.handlers import answering_departments
from interaction.rules import letters as rules
from portal import audit, clock, limits
from portal.models import Department, User
from portal.workflow import NotAllowed, Refused, TooLate


@transaction.atomic
def receive(letter: Letter, department: Department, *, by: User, note: str = "") -> Letter:
    """受理: the centre registers the letter and hands it to a department, its own included (12365)."""
    _require_answering(letter, department)
    letter = moves.by_person(letter, "receive", actor=by, note=note, changes={"department": department})
    _put_down(letter, MoveKind.RECEIVED, None, department, note, by)
    tell_writer(letter, f"您的来信已受理，由{department}办理。")
    return letter


@transaction.atomic
def refer(letter: Letter, department: Department, *, by: User, note: str) -> Letter:
    """转办: pass it on with the reason, and tell the writer. Back to who passed it on already: only by the office.

    Passing it on late is recorded, not refused: the writer waits either way (质监第十五条: 三个工作日内转交).
    """
    _require_answering(letter, department)
    if letter.department == department:
        raise Refused(f"来信已在{department}，请选择别的部门", "department")
    if letter.path.filter(from_department=department, kind=MoveKind.REFERRED).exists():
        raise Refused(f"{department}已经转出过这封来信；对由谁承办有异议，请提请协调", "department")
    before, is_late = letter.department, clocks.is_late_to_refer(letter)
    letter = moves.by_person(letter, "refer", actor=by, note=note, changes={"department": department})
    answers.discard_open(letter)
    _put_down(letter, MoveKind.REFERRED, before, department, note, by, is_late=is_late)
    tell_writer(letter, f"您的来信由{before}转{department}办理。理由：{note}")
    return letter


@transaction.atomic
def dispute(letter: Letter, *, by: User, note: str) -> Letter:
    """提请协调: several departments, or a dispute about who is responsible (福建第二十二条)."""
    letter = moves.by_person(letter, "dispute", actor=by, note=note)
    answers.discard_open(letter)
    moves.settle(letter)
    letter.path.create(
        kind=MoveKind.DISPUTED, from_department=letter.department, reason=note, by=by, at=clock.now()
    )
    moves.tell_department(letter, letter.letterbox.office, "待协调来信", note)
    tell_writer(letter, f"您的来信由{letter.letterbox.office}协调确定承办部门。理由：{note}")
    return letter


@transaction.atomic
def adjudicate(
    letter: Letter, department: Department, *, by: User, note: str, helpers: Iterable[Department] = ()
) -> Letter:
    """协调确定: the office decides who answers and who helps; from then on the letter stays there."""
    _require_answering(letter, department)
    changes = {"department": department, "is_adjudicated": True}
    before = letter.department
    letter = moves.by_person(letter, "adjudicate", actor=by, note=note, changes=changes)
    helping = [one for one in helpers if one != department]
    letter.helpers.set(helping)
    _put_down(letter, MoveKind.ADJUDICATED, before, department, note, by)
    for one in helping:
        moves.tell_department(letter, one, "请协办来信", note)
    beside = f"，{'、'.join(str(one) for one in helping)}协办" if helping else ""
    tell_writer(letter, f"经协调，您的来信由{department}承办{beside}。")
    return letter


@transaction.atomic
def merge(letter: Letter, into: Letter, *, by: User, note: str) -> Letter:
    """并案: the same matter was written about before; its answer is shown to this writer too."""
    if into.pk == letter.pk or into.site_id != letter.site_id or into.merged_into_id:
        raise Refused("请选择同一站点、没有并入别处的另一封来信", "into")
    if not rules.handles(by, into):
        raise NotAllowed("您不办理要并入的那封来信")
    changes = {"merged_into": into, "outcome": Outcome.DUPLICATE, "closed_at": clock.now()}
    letter = moves.by_person(letter, "merge", actor=by, note=note, changes=changes)
    _end(letter)
    tell_writer(letter, f"您的来信与此前收到的来信为同一事项，合并办理，答复会显示在这里。说明：{note}")
    if into.answered_at:
        tell_writer(letter, "该事项已经答复，答复内容见下。")
    return letter


@transaction.atomic
def decline(letter: Letter, *, by: User, note: str) -> Letter:
    """不予受理: with the reason; the letter is kept and inspection sees it (办法第十三条: 不得滥用职权拦截或删除)."""
    changes = {"outcome": Outcome.DECLINED, "closed_at": clock.now()}
    letter = moves.by_person(letter, "decline", actor=by, note=note, changes=changes)
    _end(letter)
    tell_writer(letter, f"您的来信不予受理。理由：{note}")
    return letter


@transaction.atomic
def close(letter: Letter, *, by: User, note: str = "") -> Letter:
    """办结 with the outcome its answer said."""
    letter = moves.by_person(letter, "close", actor=by, note=note, changes={"closed_at": clock.now()})
    moves.settle(letter)
    tell_writer(letter, f"您的来信已办结：{letter.get_outcome_display()}。")
    return letter


@transaction.atomic
def reclassify(letter: Letter, matter: Matter, *, by: User, note: str) -> Letter:
    """改类别: another matter of the same letterbox, its days from the same start; nothing of the history is lost."""
    letter = (
        Letter.objects.select_for_update(no_key=True).select_related("matter", "letterbox").get(pk=letter.pk)
    )
    if letter.state not in (LetterState.SUBMITTED, LetterState.IN_HAND, LetterState.DISPUTED):
        raise TooLate(f"来信现在是“{letter.get_state_display()}”，不能改类别")
    if not any(rules.seat(by, party, letter) for party in (Party.HANDLER, Party.CENTRE, Party.OFFICE)):
        raise NotAllowed("只有受理、承办和协调部门可以改类别")
    if not note.strip():
        raise Refused("请写明改类别的理由", "note")
    if matter.letterbox_id != letter.letterbox_id or matter.pk == letter.matter_id:
        raise Refused("请选择这个信箱的另一个类别", "matter")
    before, letter.matter = letter.matter, matter
    letter.save(update_fields=["matter"])
    if limit := clocks.running(letter):
        limits.reassess(limit, matter.answer_days, clause=matter.clause, reason=note, by=by)
    audit.record("reclassify", "改类别", letter, actor=by, note=f"{before}改为{matter}：{note}")
    tell_writer(letter, f"您的来信由“{before}”改按“{matter}”办理。理由：{note}")
    return letter


@transaction.atomic
def relate(letter: Letter, into: Letter, *, by: User) -> None:
    """Link two letters that belong together; both stay as they are."""
    if into.pk == letter.pk or into.site_id != letter.site_id:
        raise Refused("请选择同一站点的另一封来信", "into")
    if not (rules.handles(by, letter) and rules.handles(by, into)):
        raise NotAllowed("只能关联您所办理的来信")
    letter.related.add(into)
    audit.record("relate", "关联来信", letter, actor=by, note=f"与{into.code}相关")


def _require_answering(letter: Letter, department: Department) -> None:
    if department not in answering_departments(letter.site):
        raise Refused(f"{department}还没有答复人员，请另选部门，或请网管授权", "department")


def _put_down(
    letter: Letter, kind: MoveKind, before: Department | None, to: Department, note: str, by: User,
    *, is_late: bool = False,
) -> None:  # fmt: skip
    """The station, the clock, and whoever owes an answer now."""
    letter.path.create(
        kind=kind,
        from_department=before,
        to_department=to,
        reason=note,
        is_late=is_late,
        by=by,
        at=clock.now(),
    )
    clocks.pass_on(letter)
    moves.settle(letter)
    moves.tell_department(letter, to, "来信待办", note)


def _end(letter: Letter) -> None:
    clocks.stop(letter)
    answers.discard_open(letter)
    moves.settle(letter)
