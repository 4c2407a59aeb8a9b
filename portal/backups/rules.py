"""Who sees the backups and who has one made."""

from django.contrib.auth.models import AnonymousUser

from portal.enums import Power
from portal.models import User

Visitor = User | AnonymousUser

LOOKERS_ON = (Power.SYSTEM, Power.AUDIT, Power.INSPECT)


def keeps(user: Visitor) -> bool:
    """系统管理员 (信息中心, 办法第十九条)."""
    return user.is_active and user.has_perm(f"portal.{Power.SYSTEM}")


def sees(user: Visitor) -> bool:
    """系统管理员; 审计 and 检查 look on."""
    return user.is_active and any(user.has_perm(f"portal.{power}") for power in LOOKERS_ON)
