"""The ledger read: what waits in it, who could do what at any moment, and by which grant."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q, QuerySet
from django.utils import timezone

from columns import rules
from columns.enums import AppointmentState
from columns.models import Appointment, Column, Delegation, Tenure
from columns.queries.trees import tree
from portal import clock
from portal.enums import Power
from portal.models import AuditEntry, User


@dataclass(frozen=True)
class Authorisation:
    """One power of one person at a moment. `acting_for` is the principal whose power it is under a delegation.

    `granted_on`, `ends_on`: the grant's own days, or the delegation's; `ends_on` None: until further notice.
    """

    user: User
    power: Power
    appointment: Appointment
    granted_on: date
    ends_on: date | None
    acting_for: User | None = None

    @property
    def via(self) -> str:
        """By which role, and where it stands."""
        return f"{self.appointment.role}（代理）" if self.acting_for else str(self.appointment.role)

    def as_json(self) -> dict:
        row = self.appointment
        return {
            "user": self.user.staff_number,
            "power": self.power.value,
            "site": row.site.key,
            "column": row.column.slug if row.column else None,
            "via": self.via,
            "granted_on": self.granted_on.isoformat(),
            "ends_on": self.ends_on.isoformat() if self.ends_on else None,
            "acting_for": self.acting_for.staff_number if self.acting_for else None,
        }


def authorisations(
    moment: datetime | None, *, user: User | None = None, column: Column | None = None
) -> list[Authorisation]:
    """Who could do what at `moment` (aware; None: who can do what now); of one person, or on one column with what it
    inherits from above.

    By person, site, column and power; three queries however many rows.
    """
    delegations = _delegations(moment, user)
    people = Q(appointment__user=user) | Q(appointment__user__in=delegations) if user else Q()
    rows = Tenure.objects.live_at(moment) if moment else Tenure.objects.live()
    rows = rows.filter(people)
    if column is not None:
        above = [step.pk for step in tree(column.site).path(column)]
        place = Q(appointment__column__in=above) | Q(appointment__column=None)
        rows = rows.filter(place, appointment__site=column.site_id)
    with_all = (
        "appointment__user__department",
        "appointment__role",
        "appointment__site",
        "appointment__column",
    )
    found = [one for row in rows.select_related(*with_all) for one in _of(row, delegations, user)]
    return sorted(found, key=_order)


def close_of(day: date) -> datetime | None:
    """The close of a past day; None, that is now, for today: as at which a sheet is drawn up."""
    close = timezone.make_aware(datetime.combine(day, time(23, 59, 59)))
    return close if day < clock.today() else None


def to_consent(user: User) -> QuerySet[Appointment]:
    """Proposals on sites where `user` consents, longest waiting first; never their own."""
    sites = rules.powers_of(user).sites_with(Power.CONSENT)
    rows = Appointment.objects.filter(state=AppointmentState.PROPOSED, site__in=sites)
    return rows.exclude(user=user).order_by("proposed_at", "pk")


def to_execute(user: User) -> QuerySet[Appointment]:
    """What was consented to on sites where `user` grants; never their own, nor what they consented to themselves."""
    sites = rules.powers_of(user).sites_with(Power.GRANT)
    rows = Appointment.objects.filter(state=AppointmentState.CONSENTED, site__in=sites)
    return rows.exclude(user=user).exclude(consented_by=user).order_by("consented_at", "pk")


def life_of(row: Appointment) -> QuerySet[AuditEntry]:
    """Every step of a grant's life: who, when, why."""
    entries = AuditEntry.objects.filter(object_type=Appointment._meta.label_lower, object_id=str(row.pk))
    return entries.select_related("actor", "acting_for").order_by("id")


def _delegations(moment: datetime | None, user: User | None) -> dict[int, list[Delegation]]:
    rows = Delegation.objects.in_force(moment) if moment else Delegation.objects.live()
    rows = rows.select_related("acting__department", "principal")
    rows = rows.filter(acting=user) if user else rows
    found: dict[int, list[Delegation]] = {}
    for one in rows:
        found.setdefault(one.principal_id, []).append(one)
    return found


def _of(
    tenure: Tenure, delegations: dict[int, list[Delegation]], only: User | None
) -> Iterator[Authorisation]:
    row = tenure.appointment
    starts = clock.local(tenure.starts_at).date()
    for power in map(Power, tenure.powers):
        if only is None or row.user_id == only.pk:
            yield Authorisation(row.user, power, row, row.granted_on or starts, row.ends_on or row.ended_on)
        for one in delegations.get(row.user_id, ()) if power not in rules.NEVER_LENT else ():
            ends = clock.local(one.ended_at).date() if one.ended_at else one.ends_on
            yield Authorisation(one.acting, power, row, one.starts_on, ends, one.principal)


def _order(one: Authorisation) -> tuple:
    row = one.appointment
    return (one.user.staff_number, row.site_id, row.column_id or 0, list(Power).index(one.power), row.pk)
