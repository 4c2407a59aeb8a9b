"""Reminder slips: their numbers, who may do what to them, what becomes of one (石家庄第十五条、第二十八条)."""

from dataclasses import dataclass
from datetime import date

from assessment.enums.slips import SlipState
from assessment.models import Mention, ReminderSlip
from assessment.rules.cadences import Standing
from assessment.rules.facts import is_of_unit, may_assess
from columns import rules as column_rules
from portal import clock
from portal.enums import Power
from portal.models import User


@dataclass(frozen=True)
class Outcome:
    """What a slip comes to: the verb that is fired, and why where the thing itself does not say it."""

    verb: str
    note: str = ""


def number_of(year: int, ordinal: int) -> str:
    return f"提醒〔{year}〕{ordinal}号"


def outcome(
    slip: ReminderSlip, standing: Standing | None, updated_on: date | None, today: date
) -> Outcome | None:
    """What the slip comes to; None while it waits.

    `standing`: of what it is about on its last day, or today before that (None: nothing binds it any more);
    `updated_on`: its last update.
    """
    if standing is None:
        return Outcome("drop", "更新时限已停用或变更")
    if standing.is_paused:
        return Outcome("drop", "更新时限已暂停")
    if standing.is_red:
        return Outcome("lapse") if today > slip.due_on else None
    if updated_on is None or updated_on < clock.local(slip.issued_at).date():
        return Outcome("drop", "不再逾期")
    return Outcome("improve")


def follows(earlier: ReminderSlip | None, unit: int, since: date, issued_on: date) -> bool:
    """Whether a new slip of `unit` goes on with the silence of an earlier one, which lapsed on a day (`issued_on`)."""
    return (
        earlier is not None
        and earlier.state == SlipState.LAPSED
        and earlier.unit_id == unit
        and since <= issued_on
    )


def may_see_all(user: User) -> bool:
    """考核人 see every unit's slips, 审计 looks on."""
    return may_assess(user) or column_rules.powers_of(user).on_some_site(Power.AUDIT)


def why_not(user: User, verb: str, slip: ReminderSlip) -> str:
    """Why `user` may not `verb` this slip; "" when they may."""
    if ReminderSlip.workflow[verb].power is None:
        return ""  # the system's own moves
    if verb == "acknowledge":
        if slip.acknowledged_at:
            return "这张提醒单已经签收"
        is_for = slip.recipients.filter(pk=user.pk).exists()
        return "" if is_for else "提醒单由送达的人签收"
    if not may_assess(user):
        return "不予追究由有主站全站检查权限的人决定"
    return "不能办理本单位的提醒单" if is_of_unit(user, slip.unit_id) else ""


def why_not_mention(user: User, verb: str, mention: Mention) -> str:
    """Why `user` may not decide about this entry of the lists; "" when they may."""
    if not may_assess(user):
        return "通报名单由有主站全站检查权限的人确认"
    return "不能办理本单位的通报" if is_of_unit(user, mention.unit_id) else ""
