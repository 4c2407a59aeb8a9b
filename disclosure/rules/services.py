"""Who may do what with a service item and its guide. Nobody approves what they wrote, or whom they act for."""

from columns import rules as column_rules
from columns.rules import Visitor
from disclosure.enums.services import GuideState, ItemState, ServiceParty
from disclosure.models import Guide, ServiceItem
from disclosure.workflow.services import GUIDE, ITEM
from portal.enums import Power
from portal.models import Site, User

OVERSEE = (Power.INSPECT, Power.AUDIT)
NEEDED = {ServiceParty.WRITER: Power.COLLECT, ServiceParty.PUBLISHER: Power.PUBLISH}
SEERS = (Power.COLLECT, Power.PUBLISH, Power.ANSWER, *OVERSEE)
"""Whoever holds one of these on a site sees how its items stand."""


def sites_seen(user: Visitor) -> set[int]:
    return column_rules.powers_of(user).sites_with(*SEERS)


def may_see(user: Visitor, site_id: int) -> bool:
    return site_id in sites_seen(user)


def oversees(user: Visitor, site_id: int) -> bool:
    powers = column_rules.powers_of(user)
    return any(powers.has_on_site(power, site_id) for power in OVERSEE)


def may_write(user: Visitor, site_id: int) -> bool:
    return column_rules.powers_of(user).has_on_site(Power.COLLECT, site_id)


def why_not_write(user: Visitor, site: Site) -> str:
    return "" if may_write(user, site.pk) else f"您没有“{site}”的采集权限，不能编写办事事项"


def why_not_item(user: User, verb: str, item: ServiceItem) -> str:
    """Why `user` may not move the item; "" when they may. Unknown verbs raise KeyError."""
    return _why_not_hold(user, ITEM[verb], item.site)


def why_not_guide(user: User, verb: str, guide: Guide) -> str:
    """Why `user` may not move this version; "" when they may. Unknown verbs raise KeyError."""
    if reason := _why_not_hold(user, GUIDE[verb], guide.item.site):
        return reason
    if verb == "approve" and wrote(user, guide):
        return "自己编写的办事指南，须由别人审核发布"
    return ""


def acting_for_item(user: User, verb: str, item: ServiceItem) -> User | None:
    return _acting_for(user, ITEM[verb], item.site_id)


def acting_for_guide(user: User, verb: str, guide: Guide) -> User | None:
    return _acting_for(user, GUIDE[verb], guide.item.site_id)


def wrote(user: User, guide: Guide) -> bool:
    """Whether `user`, or somebody for whom they act, had a hand in it."""
    own = {user.pk, *column_rules.principals(user)}
    return guide.writers.filter(pk__in=own).exists()


def why_not_revise(user: Visitor, item: ServiceItem) -> str:
    """Why `user` may not begin the next version of the item's guide."""
    if item.state == ItemState.RETIRED:
        return "已取消的事项不再修改"
    return why_not_write(user, item.site)


def why_not_edit(user: Visitor, guide: Guide) -> str:
    """Why `user` may not change the text of this version."""
    if guide.state not in (GuideState.DRAFT, GuideState.RETURNED):
        return f"这一版{guide.get_state_display()}，不能修改"
    return why_not_write(user, guide.item.site)


def _why_not_hold(user: Visitor, move, site: Site) -> str:
    if move.power is None:
        return f"{move.label}不由工作人员操作"
    power = NEEDED[move.power]
    if not column_rules.powers_of(user).has_on_site(power, site.pk):
        return f"{move.label}须有“{site}”的{power.label}权限"
    return ""


def _acting_for(user: User, move, site_id: int) -> User | None:
    return column_rules.acting_for_site(user, NEEDED[move.power], site_id) if move.power else None
