"""guardian's rows: the published copy of the ledger, written here alone. Django and libraries may ask them.

What counts is the ledger itself (`columns.rules.Powers`); a copy that drifted is repaired and reported.
"""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q, QuerySet
from guardian.models import GroupObjectPermission, UserObjectPermission

from columns.enums import AppointmentState
from columns.models import Appointment, Column, Delegation
from columns.queries import Grant, drift, grants_of, stand_ins
from portal import audit, clock, notices
from portal.enums import Power
from portal.models import Site, User, at_work
from portal.once import forget
from portal.sweeps import sweep


@transaction.atomic
def renew_grants(user: User) -> None:
    """Make guardian's rows of `user`, and of whoever acts for them, equal to the ledger."""
    forget(user, "powers")
    _renew(user)
    for acting in User.objects.filter(pk__in=stand_ins([user.pk])):
        _renew(acting)


def _renew(user: User) -> None:
    """The person is locked first: of two changes at once the second reads what the first has written."""
    fresh = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    wanted = grants_of(fresh)
    rows = UserObjectPermission.objects.filter(user=user, content_type__in=_types().values())
    have: dict[Grant, int] = {}
    for pk, type_id, object_pk, power in rows.values_list(
        "pk", "content_type", "object_pk", "permission__codename"
    ):
        have[Grant(user.pk, type_id, object_pk, power)] = pk
    _write(wanted - have.keys(), [pk for grant, pk in have.items() if grant not in wanted])


@sweep("check_grants", every=timedelta(minutes=10), label="核对授权")
def check_grants() -> int:
    """Compare guardian's rows with the ledger, repair what differs, tell 安全管理员. Returns how many differed.

    What the calendar turned since the last sweeps is no drift: it is written first, in silence.
    """
    with transaction.atomic():
        for person in _turned():
            renew_grants(person)
        found = drift()
        if not found:
            return 0
        missing = {one.grant for one in found if not one.is_stray}
        stray = [one.row for one in found if one.is_stray and one.row]
        _write(missing, stray)
        GroupObjectPermission.objects.filter(content_type__in=_types().values()).delete()
        User.groups.through.objects.all().delete()
        User.user_permissions.through.objects.all().delete()
        system = User.objects.system()
        for one in found:
            audit.record("repair_grant", "修复授权偏差", one.user, actor=system, note=str(one))
    _raise_alarm([str(one) for one in found])
    return len(found)


def _turned() -> QuerySet[User]:
    """Whose powers began or ended by themselves, or with their post, and are not written down yet."""
    now, today = clock.now(), clock.today()
    in_force = Delegation.objects.in_force(now)
    begun = in_force.filter(begun_at=None)
    over = Delegation.objects.filter(over_at=None, ended_at=None, ends_on__lt=today)
    left = in_force.exclude(pk__in=in_force.at_work().order_by().values("pk"))
    acting = Q(acting_delegations__in=begun) | Q(acting_delegations__in=over) | Q(acting_delegations__in=left)
    granted = Appointment.objects.filter(state=AppointmentState.IN_FORCE).order_by()
    ended = granted.filter(Q(ends_on__lt=today) | ~at_work("user", "department"))
    return User.objects.filter(acting | Q(appointments__in=ended)).distinct()


def _write(missing: set[Grant], stray: list[int]) -> None:
    UserObjectPermission.objects.filter(pk__in=stray).delete()
    if not missing:
        return
    permissions = {
        (one.content_type_id, one.codename): one
        for one in Permission.objects.filter(content_type__in=_types().values(), codename__in=Power.values)
    }
    UserObjectPermission.objects.bulk_create(
        UserObjectPermission(
            user_id=grant.user, content_type_id=grant.type, object_pk=grant.object_pk,
            permission=permissions[grant.type, grant.power],
        )
        for grant in missing
    )  # fmt: skip


def _types() -> dict[Any, ContentType]:
    return ContentType.objects.get_for_models(Site, Column)


def _raise_alarm(found: list[str]) -> None:
    keepers = User.objects.filter(is_active=True, pk__in=_security())
    notices.tell(keepers, f"授权偏差 {len(found)} 处，已按权限档案修复", body="\n".join(found[:50]))


def _security() -> list[int]:
    rows = UserObjectPermission.objects.filter(permission__codename=Power.SECURITY)
    return list(rows.values_list("user", flat=True))
