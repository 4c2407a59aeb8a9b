"""Who reports, sees and handles incidents, and opens and closes posting. Deny by default; unknown verbs raise."""

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from guardian.models import UserObjectPermission

from portal import notices
from portal.enums import Power
from portal.incident_life import INCIDENT
from portal.models import Incident, Site, User
from portal.once import once

Visitor = User | AnonymousUser
CLAUSE = "办法第二十一条"
KEEPERS_ONLY = "安全事件由系统管理员或安全管理员处置"


def keeps(user: Visitor) -> bool:
    """系统管理员 (信息中心) and 安全管理员 handle what happened."""
    return _holds(user, Power.SYSTEM, Power.SECURITY)


def sees_all(user: Visitor) -> bool:
    """Who handles, the leaders to whom it is reported, and whoever looks on (检查、审计)."""
    return _holds(user, Power.SYSTEM, Power.SECURITY, Power.AUDIT, Power.INSPECT) or is_leader(user)


def may_see(user: Visitor, incident: Incident) -> bool:
    return sees_all(user) or (user.is_authenticated and incident.found_by_id == user.pk)


def why_not(user: User, verb: str, incident: Incident) -> str:
    """Why `user` may not `verb` this incident; "" when they may. Unknown verbs raise KeyError."""
    INCIDENT[verb]
    return why_not_handle(user)


def why_not_handle(user: User) -> str:
    return "" if keeps(user) else KEEPERS_ONLY


def why_not_switch(user: User, site: Site) -> str:
    """Why `user` may not close or reopen the site's posting."""
    if any(user.has_perm(f"portal.{power}", site) for power in (Power.SYSTEM, Power.SECURITY)):
        return ""
    return f"“{site}”的网上互动由该站的系统管理员或安全管理员开关"


def leaders() -> QuerySet[User]:
    """局领导 (办法第二十一条: 第一时间报告局领导): whoever signs for the whole of a main site."""
    mains = Site.objects.filter(parent=None).annotate(key_text=Cast("pk", CharField()))
    grants = UserObjectPermission.objects.filter(
        permission__codename=Power.SIGN, content_type=ContentType.objects.get_for_model(Site),
        object_pk__in=mains.values("key_text"),
    )  # fmt: skip
    return User.objects.filter(pk__in=grants.values("user"), is_active=True).order_by("pk")


def keepers() -> QuerySet[User]:
    """Everybody who handles incidents now."""
    return notices.holders(Power.SYSTEM, Power.SECURITY).order_by("pk")


def is_leader(user: Visitor) -> bool:
    if not _holds(user, Power.SIGN):
        return False
    return once(user, "is_leader", lambda: leaders().filter(pk=user.pk).exists())


def _holds(user: Visitor, *powers: Power) -> bool:
    return user.is_active and any(user.has_perm(f"portal.{power}") for power in powers)
