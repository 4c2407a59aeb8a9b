"""Activities that somebody who leaves was at work on."""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from columns import queries as column_queries
from interaction.enums.activities import ON_THE_WAY
from interaction.models import Activity
from interaction.operations import activities as operations
from interaction.queries import activities as queries
from interaction.rules import activities as rules
from portal.enums import Power
from portal.models import Departure, User
from portal.open_work import Handed, Kind, Line, register


def _rows(departure: Departure) -> QuerySet[Activity]:
    return queries.left_behind(departure)


def _lines(departure: Departure, rows: Sequence[Activity], viewer: User) -> list[Line]:
    seen = rules.sites_seen(viewer)
    makers = {site.pk: _makers(site, departure) for site in {row.site for row in rows}}
    return [
        Line(
            row.pk, row.title or "（未写标题）", where=f"{row.site} · {row.get_kind_display()}",
            stands=row.get_state_display(), since=row.saved_at,
            url=row.desk_url if row.site_id in seen else "", successors=makers[row.site_id],
        )
        for row in rows
    ]  # fmt: skip


def _makers(site, departure: Departure) -> list[User]:
    """Who may make activities there, colleagues of the old department first."""
    people = column_queries.site_holders(site, Power.COLLECT).exclude(pk=departure.person_id)
    return sorted(people, key=lambda one: one.department_id != departure.from_department_id)


def _owners(people: Iterable[int]) -> set[int]:
    rows = Activity.objects.filter(saved_by__in=people, state__in=ON_THE_WAY)
    return set(rows.order_by().values_list("saved_by", flat=True))


def _hand_over(departure: Departure, rows: Sequence[Activity], successor: User, by: User) -> Handed:
    return operations.hand_over(rows, departure.person, successor, by=by)


register(Kind("activities", "在办活动", 40, _rows, _lines, _owners, _hand_over))
