"""The only writers of columns, routes and powers, by noun."""

from columns.operations.appointments import appoint, execute, renew_roles, resume, revoke, suspend
from columns.operations.delegations import end_delegation, name_acting, turn_delegations
from columns.operations.expiry import expire_appointments
from columns.operations.grants import check_grants, renew_grants
from columns.operations.leaves import call_off_leave, remind_of_leaves, report_leave
from columns.operations.proposals import consent, propose, refuse, take_back
from columns.operations.responsibilities import MOST_REASON, set_responsibilities
from columns.operations.routes import save_route, save_steps
from columns.operations.tree import move, save_column
from columns.operations.walks import Walk

__all__ = [
    "MOST_REASON",
    "Walk",
    "appoint",
    "call_off_leave",
    "check_grants",
    "consent",
    "end_delegation",
    "execute",
    "expire_appointments",
    "move",
    "name_acting",
    "propose",
    "refuse",
    "remind_of_leaves",
    "renew_grants",
    "renew_roles",
    "report_leave",
    "resume",
    "revoke",
    "save_column",
    "save_route",
    "save_steps",
    "set_responsibilities",
    "suspend",
    "take_back",
    "turn_delegations",
]
