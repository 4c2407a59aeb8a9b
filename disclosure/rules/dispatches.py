"""Who sends documents and who signs for them (石家庄第二十五条).

The office sends: whoever holds 发布 on the whole site, or sits with 答复 in its 公开工作机构 (the 办公室). Anybody of a
unit signs for it, and who acts for somebody of it. Inspection and audit look on.
"""

from datetime import date

from columns import rules as column_rules
from columns.rules import Visitor
from disclosure.enums.dispatches import DispatchParty, DispatchState, ReceiptState, Standing
from disclosure.models import Dispatch, Receipt
from disclosure.rules import reports
from portal import clock
from portal.enums import Power
from portal.models import User
from portal.once import once

OVERSEE = (Power.INSPECT, Power.AUDIT)
NOT_DRAFTS = (DispatchState.SENT, DispatchState.WITHDRAWN)


def sending_sites(user: Visitor) -> set[int]:
    """Ids of the sites for which `user` sends documents."""
    publishes = column_rules.powers_of(user).sites_with(Power.PUBLISH)
    return publishes | {one.site_id for one in reports.offices(user)}


def overseen_sites(user: Visitor) -> set[int]:
    return column_rules.powers_of(user).sites_with(*OVERSEE)


def units_of(user: Visitor) -> set[int]:
    """Ids of the departments for which `user` signs: their own, and that of whom they act for. Once per request."""
    if not isinstance(user, User):
        return set()
    return once(user, "signing_units", lambda: set(_principals_by_unit(user)))


def principal_in(user: User, unit_id: int) -> User | None:
    """In whose place `user` signs for the unit; None for their own."""
    return _principals_by_unit(user).get(unit_id)


def _principals_by_unit(user: User) -> dict[int, User | None]:
    found: dict[int, User | None] = {}
    for one in User.objects.filter(pk__in=column_rules.principals(user)):
        if one.department_id:
            found.setdefault(one.department_id, one)
    if user.department_id:
        found[user.department_id] = None
    return found


def may_see(user: Visitor, dispatch: Dispatch) -> bool:
    """Who sends sees all; inspection what was sent; a unit what was sent to it."""
    if dispatch.site_id in sending_sites(user):
        return True
    if dispatch.state not in NOT_DRAFTS:
        return False
    if dispatch.site_id in overseen_sites(user):
        return True
    units = units_of(user)
    return bool(units) and dispatch.receipts.filter(unit__in=units).exists()


def may_see_receipts(user: Visitor, dispatch: Dispatch) -> bool:
    """Who signed and who did not: whoever sends, and who looks on."""
    return dispatch.site_id in sending_sites(user) | overseen_sites(user)


def why_not(user: User, verb: str, dispatch: Dispatch) -> str:
    """Why `user` may not `verb` this dispatch; "" when they may. Unknown verbs raise KeyError."""
    label = Dispatch.workflow[verb].label
    if dispatch.site_id in sending_sites(user):
        return ""
    return f"只有{DispatchParty.SENDER.label}可以{label}：须有全站发布权限，或在公开工作机构任答复人员"


def why_not_sign(user: User, verb: str, receipt: Receipt) -> str:
    """Why `user` may not sign for this unit; "" when they may."""
    label = Receipt.workflow[verb].label
    if receipt.unit_id not in units_of(user):
        return f"只有“{receipt.unit_name}”的人员可以{label}"
    if not receipt.unit.is_active:
        return f"“{receipt.unit_name}”已撤并，不再{label}"
    return ""


def signing_for(user: User, verb: str, receipt: Receipt) -> User | None:
    return principal_in(user, receipt.unit_id)


def standing(receipt: Receipt, sign_by: date, today: date | None = None) -> Standing:
    """How the unit stands. A unit that was closed owes no signature any more."""
    if receipt.state == ReceiptState.SIGNED and receipt.signed_at:
        late = clock.local(receipt.signed_at).date() > sign_by
        return Standing.SIGNED_LATE if late else Standing.SIGNED
    if not receipt.unit.is_active:
        return Standing.CLOSED
    if (today or clock.today()) > sign_by:
        return Standing.LATE
    return Standing.READ if receipt.read_at else Standing.UNREAD
