"""办理公示: who enters, who publishes, and what may never stand in it (个人信息保护法第二十五条)."""

from columns import rules as column_rules
from columns.rules import Visitor
from disclosure.enums.result_notices import NoticeParty
from disclosure.models import ResultNotice
from disclosure.rules.services import oversees
from disclosure.workflow.result_notices import NOTICE
from portal.enums import Power
from portal.masking import BANK, EMAIL, IDENTITY, MOBILE, masked, short_name
from portal.models import User

PRIVATE_MOST = 4
"""A name as short as this is taken for a person's, whatever was ticked."""


def is_private(name: str, *, is_person: bool) -> bool:
    return is_person or len(name) <= PRIVATE_MOST


def masked_name(name: str, *, is_person: bool) -> str:
    """As it may be public: of a person the family name, of an organisation its name without numbers."""
    name = " ".join(name.split())
    return short_name(name) if is_private(name, is_person=is_person) else masked(name)


def masked_remark(text: str, name: str, *, is_person: bool) -> str:
    """Without numbers, and without the name where that may not be public."""
    hidden = [name] if is_private(name, is_person=is_person) else []
    return masked(" ".join(text.split()), hidden)


def tells_a_secret(number: str) -> bool:
    """Whether a 办件编号 is somebody's own number: it is shown as it is, so it may be none."""
    return any(pattern.search(number) for pattern in (IDENTITY, MOBILE, BANK, EMAIL))


def enters_for(user: Visitor, site_id: int) -> set[int]:
    """Ids of the departments for which `user` enters results on the site."""
    return {one.department_id for one in column_rules.seats(user, Power.ANSWER, site_id)}


def publishes(user: Visitor, site_id: int) -> bool:
    return column_rules.powers_of(user).has_on_site(Power.PUBLISH, site_id)


def sites_entered(user: Visitor) -> set[int]:
    return {site for site in column_rules.powers_of(user).sites_with(Power.ANSWER) if enters_for(user, site)}


def may_see(user: Visitor, notice: ResultNotice) -> bool:
    site = notice.site_id
    return publishes(user, site) or oversees(user, site) or notice.department_id in enters_for(user, site)


def why_not(user: User, verb: str, notice: ResultNotice) -> str:
    """Why `user` may not move the notice; "" when they may. Unknown verbs raise KeyError."""
    move = NOTICE[verb]
    if move.power != NoticeParty.PUBLISHER:
        return f"{move.label}不由工作人员操作"
    if not publishes(user, notice.site_id):
        return f"{move.label}须有“{notice.site}”的发布权限"
    if verb == "publish" and notice.entered_by_id in {user.pk, *column_rules.principals(user)}:
        return "自己录入的办理结果，须由别人审核发布"
    return ""


def acting_for(user: User, verb: str, notice: ResultNotice) -> User | None:
    move = NOTICE[verb]
    return column_rules.acting_for_site(user, Power.PUBLISH, notice.site_id) if move.power else None
