"""Who may do what with a pre-review: 答复 used from a seat in the department of the item. Inspection sees no names."""

from columns import rules as column_rules
from columns.rules import Seat, Visitor
from disclosure.enums.prereviews import PreReviewParty, Verdict
from disclosure.enums.services import ItemState
from disclosure.models import PreReview, PreReviewMaterial, ServiceItem
from disclosure.rules.services import oversees
from disclosure.workflow.prereviews import PRE_REVIEW
from portal.enums import Power
from portal.models import User


def seat(user: Visitor, found: PreReview) -> Seat | None:
    """The seat from which `user` examines it; None when their department is another one."""
    seats = column_rules.seats(user, Power.ANSWER, found.site_id)
    return next((one for one in seats if one.department_id == found.department_id), None)


def why_not(user: User, verb: str, found: PreReview) -> str:
    """Why `user` may not make this move; "" when they may. Unknown verbs raise KeyError."""
    move = PRE_REVIEW[verb]
    if move.power != PreReviewParty.HANDLER:
        return f"{move.label}不由工作人员操作"
    return "" if handles(user, found) else f"只有责任部门“{found.department}”的答复人员可以{move.label}"


def acting_for(user: User, verb: str, found: PreReview) -> User | None:
    """In whose place `user` makes this move under a delegation (办法第十条)."""
    used = seat(user, found) if PRE_REVIEW[verb].power == PreReviewParty.HANDLER else None
    return User.objects.get(pk=used.principal_id) if used and used.principal_id else None


def handles(user: Visitor, found: PreReview) -> bool:
    """Whether `user` may read who applies and what they sent."""
    return seat(user, found) is not None


def may_see(user: Visitor, found: PreReview) -> bool:
    """Whether `user` may follow it; inspection does so without who and what."""
    return handles(user, found) or oversees(user, found.site_id)


def why_not_apply(item: ServiceItem) -> str:
    """Why nobody can apply for a pre-review of this item now."""
    if item.state == ItemState.SUSPENDED:
        return f"“{item}”暂停办理：{item.said}"
    if item.state != ItemState.IN_FORCE or item.guide is None:
        return f"“{item}”现在不办理"
    if not (item.guide.takes_pre_review and item.guide.pre_review_days):
        return f"“{item}”没有开通网上预审，请到窗口办理"
    return ""


def may_be_sent(one: PreReviewMaterial) -> bool:
    """Only what was returned is corrected."""
    return one.verdict == Verdict.FAULTY
