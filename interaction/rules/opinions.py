"""Decisions about opinions that write nothing: who reads which, who shows them, who decides about them."""

from columns import rules as column_rules
from columns.rules import Visitor
from interaction.models import Activity, Opinion
from interaction.rules import consultations
from interaction.workflow.opinions import OPINION
from portal.enums import Power
from portal.models import User

READ_BY = (Power.COLLECT, Power.REVIEW, Power.SIGN, Power.PUBLISH, Power.INSPECT)


def may_read(user: Visitor, activity: Activity) -> bool:
    """Whether `user` reads opinions as they were written, the ones that are not shown too."""
    return user.is_authenticated and activity.site_id in column_rules.powers_of(user).sites_with(*READ_BY)


def may_see_contact(user: Visitor, activity: Activity) -> bool:
    """Whether `user` sees who wrote and how to reach them: only whoever handles the consultation."""
    return column_rules.powers_of(user).has_on_site(Power.COLLECT, activity.site_id)


def lacks_power(user: User, verb: str, activity: Activity) -> str:
    """What `user` lacks for any button on an opinion, whatever its state; "" when nothing."""
    power = Power(OPINION[verb].power or "") if verb in OPINION.transitions else Power.COLLECT
    if column_rules.powers_of(user).has_on_site(power, activity.site_id):
        return ""
    return f"您没有“{activity.site}”全站的{power.label}权限"


def why_not(user: User, verb: str, opinion: Opinion) -> str:
    """Why `user` may not show or hold it; "" when they may. Unknown verbs raise KeyError."""
    if verb not in OPINION.transitions:
        raise KeyError(verb)
    if lacking := lacks_power(user, verb, opinion.activity):
        return lacking
    return "不能决定自己的意见是否公开" if _is_own(user, opinion) else ""


def acting_for(user: User, verb: str, opinion: Opinion) -> User | None:
    return column_rules.acting_for_site(user, Power(OPINION[verb].power or ""), opinion.site.pk)


def why_not_decide(user: User, opinion: Opinion) -> str:
    """Why `user` may not decide about it now; "" when they may."""
    if lacking := lacks_power(user, "decide", opinion.activity):
        return lacking
    if against := consultations.not_now(opinion.activity):
        return against
    if _is_own(user, opinion):
        return "不能处理自己提出的意见"
    return f"已并入{opinion.merged_into}，随它一并处理" if opinion.merged_into_id else ""


def _is_own(user: User, opinion: Opinion) -> bool:
    return opinion.author_id in {user.pk, *column_rules.principals(user)}
