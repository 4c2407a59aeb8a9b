"""Who may do what with a request. A right is a power (答复) used from a seat in the right department; 负责人 of the
disclosure office by their position (条例第四条、第三十三条).
"""

from django.db.models import Q

from columns import rules as column_rules
from columns.enums import StepState
from columns.rules import Seat, Visitor
from disclosure.enums.requests import Party
from disclosure.models import DecisionStep, DisclosureRequest, Office
from disclosure.workflow.requests import REQUEST
from portal.enums import Power
from portal.models import User

OVERSEE = (Power.INSPECT, Power.AUDIT)
SEATED = (Party.OFFICE, Party.HANDLER)
FOR_APPLICANT = {"correct", "withdraw"}
"""What the office records in the applicant's place when it came on paper."""
ONLY = {
    Party.OFFICE: "只有公开工作机构“{}”的答复人员可以{}",
    Party.HANDLER: "只有承办部门“{}”的答复人员可以{}",
    Party.HEAD: "只有公开工作机构“{}”的负责人可以{}",
}


def office_of(request: DisclosureRequest) -> Office:
    return request.site.disclosure_office


def department_id(party: Party, request: DisclosureRequest) -> int:
    """Where that party sits; until it is passed on the office handles the request itself."""
    office = office_of(request).department_id
    return request.department_id or office if party == Party.HANDLER else office


def seat(user: Visitor, party: Party, request: DisclosureRequest) -> Seat | None:
    """The seat from which `user` is that party to the request; None when they are not. Raises KeyError for a party
    that has no seat."""
    if party == Party.HEAD:
        return head_seat(user, office_of(request))
    if party not in SEATED:
        raise KeyError(party)
    wanted = department_id(party, request)
    return next((one for one in _seats(user, request.site_id) if one.department_id == wanted), None)


def head_seat(user: Visitor, office: Office) -> Seat | None:
    """The seat of 负责人 of the disclosure office, their own or that of whom they act for."""
    if not user.is_authenticated or not office.department.head_id:
        return None
    if user.pk == office.department.head_id:
        return Seat(office.department_id)
    if office.department.head_id in column_rules.principals(user):
        return Seat(office.department_id, office.department.head_id)
    return None


def seat_for(user: Visitor, verb: str, request: DisclosureRequest) -> Seat | None:
    """The seat from which `user` makes this move. Unknown verbs raise KeyError."""
    party = _party(verb)
    return seat(user, party, request) if party else None


def why_not(user: User, verb: str, request: DisclosureRequest) -> str:
    """Why `user` may not `verb` this request; "" when they may. Unknown verbs raise KeyError."""
    label, party = REQUEST[verb].label, _party(verb)
    if party is None:
        return f"{label}不由工作人员操作"
    if seat(user, party, request) is None:
        department = request.department if party == Party.HANDLER else None
        return ONLY[party].format(department or office_of(request).department, label)
    return ""


def may(user: User, verb: str, request: DisclosureRequest) -> bool:
    return not why_not(user, verb, request)


def acting_for(user: User, verb: str, request: DisclosureRequest) -> User | None:
    """In whose place `user` makes this move under a delegation (办法第十条)."""
    return principal(seat_for(user, verb, request))


def principal(used: Seat | None) -> User | None:
    """Whose place it is, where it is not one's own."""
    return User.objects.get(pk=used.principal_id) if used and used.principal_id else None


def handles(user: Visitor, request: DisclosureRequest) -> bool:
    """Whether `user` is the disclosure office, its head, or the department that handles it."""
    return any(seat(user, party, request) for party in (*SEATED, Party.HEAD))


def may_look(user: Visitor, request: DisclosureRequest) -> bool:
    """Whether `user` may read who asks and what for: those who handle it and who decide about its answer."""
    return user.is_authenticated and (handles(user, request) or _decides(user, request))


def may_see(user: Visitor, request: DisclosureRequest) -> bool:
    """Whether `user` may follow how a request is handled; inspection does so without the applicant's data."""
    return user.is_authenticated and (oversees(user, request.site_id) or may_look(user, request))


def oversees(user: Visitor, site_id: int) -> bool:
    """检查 and 审计: they see that and when, not who and what for."""
    powers = column_rules.powers_of(user)
    return any(powers.has_on_site(power, site_id) for power in OVERSEE)


def works_for(user: Visitor, office: Office) -> Seat | None:
    """The seat from which `user` works for the disclosure office, before there is a request."""
    seats = _seats(user, office.site_id)
    return next((one for one in seats if one.department_id == office.department_id), None)


def departments_of(user: Visitor, site_id: int) -> set[int]:
    """Ids of the departments for which `user` answers on the site."""
    return {one.department_id for one in _seats(user, site_id)}


def _seats(user: Visitor, site_id: int) -> list[Seat]:
    return column_rules.seats(user, Power.ANSWER, site_id)


def _party(verb: str) -> Party | None:
    power = REQUEST[verb].power
    if verb in FOR_APPLICANT:
        return Party.OFFICE
    return Party(power) if power in (*SEATED, Party.HEAD) else None


def _decides(user: User, request: DisclosureRequest) -> bool:
    """A decision about it waits for somebody with their power, or they decided about one."""
    steps = DecisionStep.objects.filter(decision__request=request)
    if steps.filter(Q(decided_by=user) | Q(decided_for=user)).exists():
        return True
    powers = column_rules.powers_of(user)
    waiting = steps.filter(state=StepState.CURRENT).values_list("power", flat=True)
    return any(powers.has_on_site(power, request.site_id) for power in waiting)
