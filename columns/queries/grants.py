"""The ledger and guardian's copy of it, side by side."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from guardian.models import GroupObjectPermission, UserObjectPermission

from columns.models import Column, Delegation, Tenure
from columns.rules import NEVER_LENT
from portal.enums import Power
from portal.models import Site, User


class Grant(NamedTuple):
    """One live power as guardian writes it: user id, content type id of the site or column, its id, the codename."""

    user: int
    type: int
    object_pk: str
    power: str


@dataclass(frozen=True)
class Drift:
    """One difference: a row that guardian has and the ledger does not know (`row`: its id), or one it lacks."""

    grant: Grant
    user: User
    place: str
    is_stray: bool
    row: int | None = None

    def __str__(self) -> str:
        power = Power(self.grant.power).label if self.grant.power in Power.values else self.grant.power
        what = "档案中没有的" if self.is_stray else "缺少"
        return f"{self.user}（{self.user.staff_number}）{self.place}：{what}{power}权限"


def grants_of(user: User) -> set[Grant]:
    """What the ledger gives `user` now, lent powers included; nothing to whoever has left."""
    return set(_granted(Tenure.objects.all(), Delegation.objects.all(), only=user))


def drift() -> list[Drift]:
    """Every difference between guardian's rows and the ledger, in a bounded number of queries."""
    wanted = set(_granted(Tenure.objects.all(), Delegation.objects.all()))
    have = dict(_copied())
    people = User.objects.in_bulk({one.user for one in wanted ^ have.keys()})
    places = _places()
    found = [
        Drift(
            one,
            people[one.user],
            places.get((one.type, one.object_pk), "已删除的对象"),
            one in have,
            have.get(one),
        )
        for one in sorted(wanted ^ have.keys())
    ]
    return found + list(_by_other_ways())


def _granted(
    tenures: QuerySet[Tenure], delegations: QuerySet[Delegation], only: User | None = None
) -> Iterator[Grant]:
    types = ContentType.objects.get_for_models(Site, Column)
    lent: dict[int, list[int]] = {}
    rows = delegations.live().filter(acting=only) if only else delegations.live()
    for principal, acting in rows.order_by().values_list("principal", "acting"):
        lent.setdefault(principal, []).append(acting)
    live = tenures.live()
    live = live.filter(appointment__user__in=[only.pk, *lent]) if only else live
    place = ("appointment__user", "appointment__site", "appointment__column", "powers")
    for user, site, column, powers in live.order_by().values_list(*place):
        type_id, pk = (types[Site].pk, site) if column is None else (types[Column].pk, column)
        for power in powers:
            if only is None or user == only.pk:
                yield Grant(user, type_id, str(pk), power)
            for acting in lent.get(user, ()) if power not in NEVER_LENT else ():
                yield Grant(acting, type_id, str(pk), power)


def _copied() -> Iterator[tuple[Grant, int]]:
    types = ContentType.objects.get_for_models(Site, Column).values()
    rows = UserObjectPermission.objects.filter(content_type__in=types).order_by()
    names = ("pk", "user", "content_type", "object_pk", "permission__codename")
    for pk, user, type_id, object_pk, power in rows.values_list(*names):
        yield Grant(user, type_id, object_pk, power), pk


def _by_other_ways() -> Iterator[Drift]:
    """Powers through groups or model permissions, which the ledger never gives."""
    for user in User.objects.filter(groups__isnull=False).distinct():
        yield Drift(Grant(user.pk, 0, "", "用户组"), user, "", True)
    for user in User.objects.filter(user_permissions__isnull=False).distinct():
        yield Drift(Grant(user.pk, 0, "", "模型"), user, "", True)
    for row in GroupObjectPermission.objects.select_related("group"):
        for user in row.group.user_set.all()[:1]:
            yield Drift(Grant(user.pk, 0, "", f"用户组“{row.group}”"), user, "", True)


def _places() -> dict[tuple[int, str], str]:
    types = ContentType.objects.get_for_models(Site, Column)
    sites = {(types[Site].pk, str(one.pk)): str(one) for one in Site.objects.all()}
    columns = Column.objects.select_related("site")
    return sites | {(types[Column].pk, str(one.pk)): f"{one.site}·{one}" for one in columns}
