"""Who sees how the house runs, and who takes its logs away."""

from django.contrib.auth.models import AnonymousUser

from portal.enums import Power
from portal.models import User

Visitor = User | AnonymousUser


def may_look(user: Visitor) -> bool:
    """系统管理员 keeps it running; 安全 and 审计管理员 look on."""
    return _holds(user, Power.SYSTEM, Power.SECURITY, Power.AUDIT)


def may_export(user: Visitor) -> bool:
    """审计管理员 alone (GB/T 22239-2019 安全审计, 三员分立): whoever keeps the machine does not judge its records."""
    return _holds(user, Power.AUDIT)


def _holds(user: Visitor, *powers: Power) -> bool:
    return user.is_active and any(user.has_perm(f"portal.{power}") for power in powers)
