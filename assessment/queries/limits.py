"""Named reads of update limits and their pauses, as the desk lists them."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from assessment.enums.radar import Light
from assessment.queries.cadences import Row, standings
from assessment.queries.lateness import Late, late
from assessment.queries.mentions import inspects_main
from assessment.rules import slips as rules
from assessment.rules.facts import own_units
from columns.enums import CadenceState
from columns.models import Cadence, CadencePause
from portal.models import Department, Site, User

LOOKS_BACK = 90
ORDER = [Light.RED, Light.AMBER, Light.OK]


def seen(user: User, day: date, site: Site | None) -> list[Row]:
    """How every limit stands, the reddest first: one's unit's own, or all for whoever assesses or audits."""
    rows: Iterable[Row] = standings(day, site=site)
    if not rules.may_see_all(user):
        own = units_of(user)
        rows = (one for one in rows if one.bound.unit in own)
    return sorted(rows, key=_place)


def late_seen(user: User, day: date) -> list[Late]:
    """What went online late in the last quarter of a year: one's unit's own, or all for whoever assesses or audits."""
    rows = late(day - timedelta(days=LOOKS_BACK), day)
    own = None if rules.may_see_all(user) else units_of(user)
    return [one for one in rows if own is None or one.publication.unit_id in own]


def units_of(user: User) -> set[int]:
    """The person's department and those above it, and the ones they head."""
    headed = Department.objects.filter(head=user).values_list("pk", flat=True)
    return {*own_units(user), *headed}


def rules_seen(user: User) -> QuerySet[Cadence]:
    """Rules are for everybody to read; what units filed and is not in force for that unit and who assesses."""
    rows = Cadence.objects.select_related("column__site", "site", "department", "filed_by", "decided_by")
    if not rules.may_see_all(user):
        rows = rows.filter(Q(state=CadenceState.IN_FORCE) | Q(department__in=units_of(user)))
    return rows.order_by("-pk")


def filed(user: User) -> QuerySet[Cadence]:
    """待备案时限: of another unit, for whoever inspects a main site."""
    rows = Cadence.objects.filter(state=CadenceState.FILED).exclude(department=user.department_id)
    return rows.filter(inspects_main(user)).order_by("filed_at", "pk")


def pauses() -> QuerySet[CadencePause]:
    return CadencePause.objects.select_related("column__site", "department", "by").order_by(
        "-starts_on", "-pk"
    )


def _place(row: Row) -> tuple:
    left = row.standing.days_left
    return (
        ORDER.index(row.standing.light),
        left is None,
        left or 0,
        row.site.position,
        row.site.pk,
        row.bound.column or 0,
        row.bound.cadence.pk,
    )
