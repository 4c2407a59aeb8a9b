"""Who may do what with a letter (福建第二十二条). A right is a power (答复) used from a seat in the right department."""

from django.db.models import Q

from columns import rules as column_rules
from columns.enums import StepState
from columns.rules import Seat, Visitor
from interaction.enums.letters import Party
from interaction.models import AnswerStep, Letter, Letterbox
from interaction.rules import answers as answer_rules
from interaction.workflow.letters import LETTER
from portal.enums import Power
from portal.models import User

ALSO_CENTRE = {"refer", "merge", "decline", "close"}
"""What the centre may do with a letter that is already with a department."""

SEATS = {
    Party.CENTRE: lambda letter: {letter.letterbox.receiver_id},
    Party.HANDLER: lambda letter: {letter.department_id},
    Party.OFFICE: lambda letter: {letter.letterbox.office_id},
}
ONLY = {
    Party.CENTRE: "只有受理部门“{}”的答复人员可以{}",
    Party.HANDLER: "只有承办部门“{}”的答复人员可以{}",
    Party.OFFICE: "只有协调部门“{}”的答复人员可以{}",
}


def seat(user: Visitor, party: Party, letter: Letter) -> Seat | None:
    """The seat from which `user` is that party to the letter; None when they are not."""
    wanted = SEATS[party](letter)
    return next((one for one in _seats(user, letter.site_id) if one.department_id in wanted), None)


def seat_for(user: Visitor, verb: str, letter: Letter) -> Seat | None:
    """The seat from which `user` makes this move. Unknown verbs raise KeyError."""
    found = [seat(user, party, letter) for party in _parties(verb)]
    return next((one for one in found if one is not None), None)


def why_not(user: User, verb: str, letter: Letter) -> str:
    """Why `user` may not `verb` this letter; "" when they may. Unknown verbs raise KeyError."""
    label, parties = LETTER[verb].label, _parties(verb)
    if not parties:
        return f"{label}不由工作人员操作"
    if seat_for(user, verb, letter) is None:
        return ONLY[parties[0]].format(_department(parties[0], letter), label)
    if verb in ("refer", "dispute") and letter.is_adjudicated:
        return "这封来信已由协调部门确定承办，不能再转办"
    return ""


def may(user: User, verb: str, letter: Letter) -> bool:
    return not why_not(user, verb, letter)


def acting_for(user: User, verb: str, letter: Letter) -> User | None:
    """In whose place `user` makes this move under a delegation (办法第十条)."""
    return principal(seat_for(user, verb, letter)) if LETTER[verb].power in SEATS else None


def principal(used: Seat | None) -> User | None:
    """Whose place it is, where it is not one's own."""
    return User.objects.get(pk=used.principal_id) if used and used.principal_id else None


def handles(user: Visitor, letter: Letter) -> bool:
    """Whether `user` is the centre, the handling department, one that helps, or the office."""
    if any(seat(user, party, letter) for party in SEATS):
        return True
    seats = {one.department_id for one in _seats(user, letter.site_id)}
    return bool(seats) and letter.helpers.filter(pk__in=seats).exists()


def may_look(user: Visitor, letter: Letter) -> bool:
    """Whether `user` may read what the writer wrote and who they are: those who handle it, who decide about its
    answer, who were asked for an instruction, before whom it was put as a major matter. No administrator.
    """
    if not user.is_authenticated:
        return False
    return handles(user, letter) or _decides(user, letter) or _was_asked(user, letter)


def may_see(user: Visitor, letter: Letter) -> bool:
    """Whether `user` may follow how a letter is handled; inspection does so without reading it."""
    if not user.is_authenticated:
        return False
    return oversees(user, letter.site_id) or may_look(user, letter)


def oversees(user: Visitor, site_id: int) -> bool:
    """检查 and 审计: they see that and when, not what and who."""
    powers = column_rules.powers_of(user)
    return any(powers.has_on_site(power, site_id) for power in (Power.INSPECT, Power.AUDIT))


def receives(user: Visitor, letterbox: Letterbox) -> Seat | None:
    """The seat from which `user` looks at the letterbox each working day (常山(十))."""
    return next(
        (one for one in _seats(user, letterbox.site_id) if one.department_id == letterbox.receiver_id), None
    )


def departments_of(user: Visitor, site_id: int) -> set[int]:
    """Ids of the departments for which `user` answers letters on the site."""
    return {one.department_id for one in _seats(user, site_id)}


def _seats(user: Visitor, site_id: int) -> list[Seat]:
    return column_rules.seats(user, Power.ANSWER, site_id)


def _parties(verb: str) -> list[Party]:
    party = LETTER[verb].power
    if verb in ALSO_CENTRE:
        return [Party.HANDLER, Party.CENTRE]
    return [Party(party)] if party in SEATS else []


def _department(party: Party, letter: Letter) -> object:
    box = letter.letterbox
    return {
        Party.CENTRE: box.receiver, Party.HANDLER: letter.department or "尚未确定", Party.OFFICE: box.office,
    }[party]  # fmt: skip


def _decides(user: User, letter: Letter) -> bool:
    """An answer waits for them, or they decided about one."""
    steps = AnswerStep.objects.filter(answer__letter=letter)
    if steps.filter(Q(decided_by=user) | Q(decided_for=user)).exists():
        return True
    step = steps.filter(state=StepState.CURRENT).select_related("answer__department").first()
    return step is not None and not answer_rules.why_not_decide(user, step)


def _was_asked(user: User, letter: Letter) -> bool:
    return letter.instructions.filter(leader=user).exists()
