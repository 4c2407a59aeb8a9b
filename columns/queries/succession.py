"""Who is left to do what somebody who leaves did (办法第九条、第十条)."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from columns.enums import AppointmentState
from columns.models import Appointment, Tenure
from columns.queries.trees import tree
from portal import clock
from portal.enums import Power
from portal.models import Departure, Site


def ended_by(departure: Departure) -> QuerySet[Appointment]:
    """Grants that end with this departure: live until then, given in the old department; before it is carried out,
    those that are live now.
    """
    until = departure.carried_out_at or clock.now()
    live = Tenure.objects.filter(Q(ends_at=None) | Q(ends_at__gte=departure.ended_at), starts_at__lte=until)
    rows = Appointment.objects.filter(user=departure.person_id, pk__in=live.values("appointment"))
    rows = rows.exclude(state=AppointmentState.SUSPENDED)
    if departure.to_department_id is None:
        return rows
    return rows.filter(department__isnull=False).exclude(department=departure.to_department_id)


class Cover:
    """What is held where on one site now; before a departure is carried out, by everybody but the person who leaves."""

    def __init__(self, site: Site, departure: Departure):
        rows = Tenure.objects.live().filter(appointment__site=site)
        if departure.is_planned:
            rows = rows.exclude(appointment__user=departure.person_id)
        self._columns = tree(site)
        self._held: dict[int | None, set[str]] = {}
        for column, powers in rows.order_by().values_list("appointment__column", "powers"):
            self._held.setdefault(column, set()).update(powers)

    def missing(self, row: Appointment) -> list[Power]:
        """The powers of this grant that nobody holds in its place, nor on a column above it or the whole site."""
        places: list[int | None] = [None]
        if column := self._columns.get(row.column_id):
            places += [step.pk for step in self._columns.path(column)]
        there = set().union(*(self._held.get(place, ()) for place in places))
        return [power for power in map(Power, row.role.powers) if power not in there]


def covers(rows: Iterable[Appointment], departure: Departure) -> dict[int, Cover]:
    """By site of these grants; two queries a site."""
    return {pk: Cover(site, departure) for pk, site in {row.site_id: row.site for row in rows}.items()}
