"""Texts that somebody who leaves was at work on (办法第十条)."""

from django.db.models import QuerySet

from columns.enums import StepState
from columns.models import Appointment
from columns.queries import ended_by, holders_of_all, tree
from portal.enums import Power
from portal.models import Departure, Site
from publishing.enums import OPEN_STATES
from publishing.models import ReviewStep, Revision


def left_behind(departure: Departure) -> QuerySet[Revision]:
    """Texts on their way that the person was the last to write on, longest untouched first; what they write after
    they have moved is not among them.
    """
    rows = Revision.objects.filter(saved_by=departure.person_id, state__in=OPEN_STATES)
    if departure.carried_out_at:
        rows = rows.filter(saved_at__lte=departure.carried_out_at)
    return rows.select_related("article", "column__site").order_by("saved_at", "pk")


def waiting_for_nobody(departure: Departure) -> QuerySet[ReviewStep]:
    """Current steps that the person could decide by a grant that ends, and nobody else can. Four queries a site."""
    grants = list(ended_by(departure).select_related("role", "site"))
    steps: list[int] = []
    for site in {row.site_id: row.site for row in grants}.values():
        mine = [row for row in grants if row.site_id == site.pk]
        steps += _alone(site, mine, departure)
    rows = ReviewStep.objects.filter(pk__in=steps)
    return rows.select_related("revision__column__site", "revision__article").order_by("pk")


def _alone(site: Site, grants: list[Appointment], departure: Departure) -> list[int]:
    columns, held = tree(site), holders_of_all(site)
    places = {(row.column_id, power) for row in grants for power in row.role.powers if power in Power.values}
    current = ReviewStep.objects.filter(state=StepState.CURRENT, revision__column__site=site)
    current = current.filter(power__in={power for _, power in places})
    found = []
    for pk, power, column_id in current.values_list("pk", "power", "revision__column"):
        above = [None, *(step.pk for step in columns.path(columns.get(column_id)))]
        others = {one.pk for one in held.get((column_id, power), [])} - {departure.person_id}
        if any((place, power) in places for place in above) and not others:
            found.append(pk)
    return found
