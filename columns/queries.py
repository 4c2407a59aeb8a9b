"""Named reads of columns."""

from django.db.models import QuerySet

from columns.models import Appointment, Column
from columns.tree import ColumnTree
from portal.enums import Power
from portal.models import Site, User
from portal.once import once


def tree(site: Site) -> ColumnTree:
    """The site's whole tree, read once per site instance (which lives as long as the request)."""
    return once(site, "columns", lambda: ColumnTree(_columns(site)))


def _columns(site: Site) -> list[Column]:
    columns = list(Column.objects.filter(site=site))
    for column in columns:
        column.site = site
    return columns


def route_of(column: Column, columns: ColumnTree):
    """The nearest review route going up from `column`; None where none is set up to the main column."""
    nearest = next((step for step in reversed(columns.path(column)) if step.route_id), None)
    return nearest.route if nearest else None


def holders(column: Column, power: Power) -> QuerySet[User]:
    """Everybody who holds `power` on `column` by a grant on it, a column above it, or its site."""
    above = [step.pk for step in tree(column.site).path(column)]
    grants = Appointment.objects.filter(ended_on=None, site_id=column.site_id)
    grants = grants.filter(column_id__in=above) | grants.filter(column=None)
    roles = [grant for grant in grants.select_related("role") if power in grant.role.powers]
    return User.objects.filter(pk__in={grant.user_id for grant in roles}, is_active=True)
