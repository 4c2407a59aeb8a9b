"""Who may do what to the ledger itself (办法第十条; 三员分立). Nobody does anything to their own grants."""

from django.db.models import QuerySet

from columns.enums import AppointmentState
from columns.models import Appointment, Role
from columns.rules.powers import Visitor, powers_of
from columns.workflow import APPOINTMENT
from portal.departures.rules import head_above
from portal.enums import THREE_ADMINISTRATORS, Power
from portal.models import Department, Site, User

OPEN = (
    AppointmentState.PROPOSED,
    AppointmentState.CONSENTED,
    AppointmentState.IN_FORCE,
    AppointmentState.SUSPENDED,
)


def why_not(user: User, verb: str, row: Appointment) -> str:
    """Why `user` may not `verb` this grant; "" when they may. Unknown verbs raise KeyError."""
    move = APPOINTMENT[verb]
    if move.power is None:
        return ""  # the system's own moves
    if row.user_id == user.pk:
        return "不能办理给自己的授权"
    if user.is_superuser:
        return ""  # the sealed emergency account: every use of it raises the alarm
    if verb == "take_back" and row.proposed_by_id == user.pk:
        return ""
    if not powers_of(user).has_on_site(move.power, row.site_id):
        return f"“{move.label}”须由有{row.site}{Power(move.power).label}权限的人办理"
    principal = acting_on_grant(user, verb, row)
    if principal is not None and principal.pk == row.user_id:
        return "代理人不能办理被代理人自己的授权"
    if verb == "execute" and row.consented_by_id == user.pk:
        return "同意的人不能同时授权，须由另一人办理（办法第十条）"
    return ""


def acting_on_site(user: User, power: str, site_id: int) -> User | None:
    """In whose name `user` uses `power` on a whole site: the principal of a delegation, or None (办法第十条)."""
    powers = powers_of(user)
    if power in powers.own.sites.get(site_id, ()):
        return None
    lent = (who for who, book in powers.lent.items() if power in book.sites.get(site_id, ()))
    principal = next(lent, None)
    return User.objects.get(pk=principal) if principal else None


def acting_on_grant(user: User, verb: str, row: Appointment) -> User | None:
    """In whose name `user` makes this move of a grant."""
    power = APPOINTMENT[verb].power
    return acting_on_site(user, power, row.site_id) if power else None


def may_propose(user: User, person: User, site: Site) -> bool:
    """析权: whoever grants or consents on the site, and the head of the person's department."""
    if user.is_superuser or is_head_of(user, person):
        return True
    powers = powers_of(user)
    return powers.has_on_site(Power.GRANT, site.pk) or powers.has_on_site(Power.CONSENT, site.pk)


def proposable_sites(user: User) -> QuerySet[Site]:
    """Where `user` may propose grants at all: their sites, and every site for the head of a department."""
    if user.is_superuser or Department.objects.filter(head=user, is_active=True).exists():
        return Site.objects.all()
    return Site.objects.filter(pk__in=powers_of(user).sites_with(Power.GRANT, Power.CONSENT))


def may_see_ledger(user: Visitor) -> bool:
    """Who looks into the whole ledger: those who grant, consent, inspect or audit on some site."""
    if not user.is_authenticated:
        return False
    watching = (Power.GRANT, Power.CONSENT, Power.INSPECT, Power.AUDIT)
    return user.is_superuser or any(powers_of(user).on_some_site(power) for power in watching)


def head_of(person: User) -> User | None:
    """负责人: the active head of the nearest department upwards who is not the person themselves."""
    return head_above(person.department, person.pk)


def is_head_of(user: User, person: User) -> bool:
    head = head_of(person)
    return head is not None and head.pk == user.pk


def check_bundle(person: User, role: Role, *, instead_of: Appointment | None = None) -> str:
    """Why the role does not go together with what the person holds or is about to hold; "" when it does.

    三员 exclude one another; the audit administrator holds nothing else (GB/T 22239-2019 安全管理中心).
    """
    rows = Appointment.objects.filter(user=person, state__in=OPEN).select_related("role")
    held = {power for row in rows if row != instead_of for power in row.role.powers}
    new = set(role.powers)
    together = {power for power in THREE_ADMINISTRATORS if power in held | new}
    if Power.AUDIT in together and (held | new) - {Power.AUDIT.value}:
        return "审计管理员只看不改，不能兼有其他权限"
    if len(together) > 1:
        names = "、".join(power.label for power in THREE_ADMINISTRATORS if power in together)
        return f"三员互相排斥，一人不能兼任{names}"
    return ""
