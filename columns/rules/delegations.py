"""Who may act for whom (办法第十条): one person stands in for one, for a time, and nobody for somebody who stands in."""

from datetime import date

from django.db.models import Q

from columns.models import Delegation
from columns.rules.ledger import head_of, is_head_of
from columns.rules.powers import NEVER_LENT, powers_of
from portal import parameters
from portal.enums import Power
from portal.models import Department, User

LENDABLE = tuple(power for power in Power if power not in NEVER_LENT)


def needs_acting(person: User, days: int) -> bool:
    """Whether an absence of `days` calendar days calls for somebody to act: only of those who hold a power to lend."""
    limit = parameters.value("leave_days")
    return limit is not None and days > limit and powers_of(person).anywhere(*LENDABLE)


def may_name_for(by: User, principal: User) -> bool:
    """The head of the principal's department names who acts; 总版主 may where there is no head."""
    head = head_of(principal)
    if head is not None and head.pk == by.pk:
        return True
    return by.pk != principal.pk and powers_of(by).on_some_site(Power.CONSENT)


def may_name_anybody(by: User) -> bool:
    """Whether `by` is a head or consents to grants: only they are offered 指定代理."""
    return Department.objects.filter(head=by).exists() or powers_of(by).on_some_site(Power.CONSENT)


def in_whose_name(by: User, principal: User) -> User | None:
    """Whoever stands in for 总版主 names in that name; a head, and 总版主, in their own."""
    powers = powers_of(by)
    if is_head_of(by, principal) or any(Power.CONSENT in held for held in powers.own.sites.values()):
        return None
    lent = (
        who for who, book in powers.lent.items() if any(Power.CONSENT in held for held in book.sites.values())
    )
    lender = next(lent, None)
    return User.objects.get(pk=lender) if lender else None


def why_not_name(by: User, principal: User, acting: User) -> str:
    """Why `by` may not name `acting`; "" when they may."""
    if not may_name_for(by, principal):
        return "代理由被代理人的部门负责人指定（办法第十条）"
    if acting.pk == by.pk:
        return "不能指定自己为代理人"
    lender = in_whose_name(by, principal)
    if lender is not None and lender.pk == principal.pk:
        return "代理人不能为被代理人指定代理"
    return ""


def why_not_act(principal: User, acting: User) -> str:
    """Why these two do not go together; "" when they do."""
    if principal.pk == acting.pk:
        return "代理人不能是本人"
    if not acting.is_active:
        return f"{acting}的账号已停用"
    if not powers_of(principal).anywhere(*LENDABLE):
        return f"{principal}没有可以代理的权限"
    if powers_of(acting).anywhere(Power.AUDIT):
        return "审计管理员只看不改，不能代理他人"
    if principal.is_staff and not acting.is_staff:
        return f"{acting}不能进入管理后台，代理采集和发布须先由系统管理员开通"
    return ""


def clash(principal: User, acting: User, starts_on: date, ends_on: date) -> str:
    """Why the two are not free in those days: overlapping or chained with another delegation; "" when they are."""
    both = Q(principal__in=(principal, acting)) | Q(acting__in=(principal, acting))
    rows = Delegation.objects.filter(both, ended_at=None, starts_on__lte=ends_on, ends_on__gte=starts_on)
    other = rows.select_related("principal", "acting").first()
    if other is None:
        return ""
    days = f"{other.starts_on:%Y-%m-%d} 至 {other.ends_on:%Y-%m-%d}"
    if other.principal_id == principal.pk:
        return f"{days} 已由{other.acting}代理{principal}，时间不能重叠"
    if other.acting_id == acting.pk:
        return f"{acting}在 {days} 已代理{other.principal}，一人同一时间只能代理一人"
    if other.principal_id == acting.pk:
        return f"{acting}在 {days} 自己外出（由{other.acting}代理），不能再代理他人"
    return f"{principal}在 {days} 正代理{other.principal}，代理的权限不能再转给他人"


def why_not_end(by: User, delegation: Delegation) -> str:
    """Who may end it early: the two themselves, the head, 总版主 and 网管."""
    if by.pk in {delegation.principal_id, delegation.acting_id, delegation.named_by_id}:
        return ""
    if powers_of(by).on_some_site(Power.GRANT) or may_name_for(by, delegation.principal):
        return ""
    return "只有本人、代理人、部门负责人、总版主和网管可以结束代理"
