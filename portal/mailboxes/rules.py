"""Decisions about official mailboxes. Deny by default; unknown verbs raise."""

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from guardian.models import UserObjectPermission

from portal.enums import Power
from portal.mailbox_life import MAILBOX
from portal.models import Department, OfficialMailbox, Site, User
from portal.models.mailboxes import ADDRESS_FORM, ADDRESS_LENGTH, ADDRESS_RULES

Visitor = User | AnonymousUser

CENTRE_ONLY = "公务邮箱的开设、维护和撤销由系统管理员统一负责"
OWNERS_ONLY = "个人邮箱只能由本人申请办理"
UNIT_ONLY = "单位邮箱只能由本单位的人员申请办理"


def keeps(user: Visitor) -> bool:
    """系统管理员 (信息中心): 开设、维护和撤销统一由市信息中心负责 (慈溪第十八条)."""
    return user.is_active and user.has_perm(f"portal.{Power.SYSTEM}")


def sees_queue(user: Visitor) -> bool:
    """系统管理员; 审计管理员 looks on and changes nothing (三员)."""
    return keeps(user) or (user.is_active and user.has_perm(f"portal.{Power.AUDIT}"))


def owns(user: Visitor, mailbox: OfficialMailbox) -> bool:
    """The person of a 个人邮箱; of a 单位邮箱 everybody who works in the unit."""
    if not user.is_active:
        return False
    return mailbox.department_id == user.department_id if mailbox.is_unit else mailbox.holder_id == user.pk


def may_see(user: Visitor, mailbox: OfficialMailbox) -> bool:
    return owns(user, mailbox) or sees_queue(user)


def why_not(user: User, verb: str, mailbox: OfficialMailbox) -> str:
    """Why `user` may not `verb` this mailbox; "" when they may. Unknown verbs raise KeyError."""
    if MAILBOX[verb].power == Power.SYSTEM:
        return "" if keeps(user) else CENTRE_ONLY
    if owns(user, mailbox):
        return ""
    return UNIT_ONLY if mailbox.is_unit else OWNERS_ONLY


def members(unit: Department | None) -> QuerySet[User]:
    """Who may keep the unit's mailbox: everybody who works there now."""
    return User.objects.filter(department=unit, department__isnull=False, is_active=True)


def administrators() -> QuerySet[User]:
    """Everybody who holds 系统管理 on a site now: they are told of every request."""
    grants = UserObjectPermission.objects.filter(
        permission__codename=Power.SYSTEM, content_type=ContentType.objects.get_for_model(Site)
    )
    return User.objects.filter(pk__in=grants.values("user"), is_active=True)


def address_fault(address: str) -> str:
    """What is wrong with an address as such; "" when it may be given out."""
    if len(address) > ADDRESS_LENGTH:
        return f"邮箱地址最多 {ADDRESS_LENGTH} 个字符"
    try:
        for rule in ADDRESS_RULES:
            rule(address)
    except ValidationError as fault:
        return fault.messages[0] if fault.messages else ADDRESS_FORM
    return ""
