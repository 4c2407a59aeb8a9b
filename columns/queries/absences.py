"""Who is away, who acts for whom (办法第十条)."""

from datetime import timedelta

from django.db.models import Prefetch, Q, QuerySet

from columns import rules
from columns.models import Delegation, Leave
from portal import clock
from portal.enums import Power
from portal.models import Department, User

KEPT_DAYS = 180
SHOWN = 50
WITH_ALL = ["principal", "acting", "named_by"]
WITH_ALL += [f"principal__department{above}__head" for above in ("", "__parent", "__parent__parent")]
"""With the heads of the principal's departments: who may end a delegation is asked of every row."""


def leaves_to_cover(user: User) -> QuerySet[Leave]:
    """Absences for which `user` was asked to name somebody and has not."""
    rows = Leave.objects.filter(asked=user, needs_acting=True, called_off_at=None, ends_on__gte=clock.today())
    covered = Delegation.objects.not_over().filter(leave__isnull=False).order_by().values("leave")
    return rows.exclude(pk__in=covered).order_by("starts_on", "pk")


def leaves_of(user: User) -> QuerySet[Leave]:
    """The person's own reports, the newest first; `standing_in` lists who was named for each."""
    current = Delegation.objects.filter(ended_at=None).select_related("acting")
    standing_in = Prefetch("delegations", current, to_attr="standing_in")
    return Leave.objects.filter(person=user).select_related("asked").prefetch_related(standing_in)[:SHOWN]


def delegations_of(user: User) -> QuerySet[Delegation]:
    """Where the person acts or is acted for, the newest first."""
    rows = Delegation.objects.filter(Q(principal=user) | Q(acting=user))
    return rows.select_related(*WITH_ALL)[:SHOWN]


def absences_seen_by(user: User) -> list[Delegation]:
    """Delegations of the last half-year that somebody else's: for heads those of their departments, for whoever
    consents, grants, inspects or audits all of them.
    """
    since = clock.today() - timedelta(days=KEPT_DAYS)
    rows = Delegation.objects.filter(ends_on__gte=since).exclude(Q(principal=user) | Q(acting=user))
    watching = (Power.CONSENT, Power.GRANT, Power.INSPECT, Power.AUDIT)
    if not any(rules.powers_of(user).on_some_site(power) for power in watching):
        led = Department.objects.filter(head=user)
        rows = rows.filter(Q(named_by=user) | Q(principal__department__in=led))
    return list(rows.select_related(*WITH_ALL)[:SHOWN])
