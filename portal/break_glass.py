"""应急账号 (GB/T 22239-2019 访问控制): the one account above the powers, sealed in an envelope, used once, with an alarm.

No other superuser signs in. Decisions only; `operations.break_glass` writes.
"""

from datetime import datetime, timedelta

from portal import clock, parameters
from portal.enums import Power
from portal.models import User

NUMBER = "yingji"
ALARMED = (Power.SYSTEM, Power.SECURITY, Power.AUDIT, Power.CONSENT)
"""Whoever holds one of these on any site hears of it at once: 三员 and those who consent to powers."""


def is_break_glass(user: User) -> bool:
    return user.is_superuser and user.staff_number == NUMBER


def is_sealed(user: User) -> bool:
    """Whether the password in the envelope opens: sealed, and not used since."""
    return is_break_glass(user) and user.sealed_at is not None and user.unsealed_at is None


def ends_at(user: User) -> datetime | None:
    """When the present use of the account ends; None where no rule sets an end, or it is not in use."""
    minutes = parameters.value("break_glass_minutes")
    return user.unsealed_at + timedelta(minutes=minutes) if user.unsealed_at and minutes else None


def may_stay(user: User) -> bool:
    """Whether this superuser's session goes on: the opened account until its time is up, nobody else."""
    if not is_break_glass(user) or user.unsealed_at is None:
        return False
    end = ends_at(user)
    return end is None or clock.now() < end
