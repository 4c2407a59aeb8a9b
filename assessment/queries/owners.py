"""Whose columns they are, on all sites at once: three queries, however many sites there are."""

from collections import defaultdict
from collections.abc import Iterable

from columns.duties import OWNING, Division, Duties
from columns.models import Column, Responsibility
from columns.queries import duties_of
from columns.tree import ColumnTree
from portal.models import Department, Site


def divisions(sites: Iterable[Site]) -> dict[int, Division]:
    """信息维护分工 by site id."""
    sites = {site.pk: site for site in sites}
    columns: dict[int, list[Column]] = defaultdict(list)
    for column in Column.objects.filter(site__in=sites):
        column.site = sites[column.site_id]
        columns[column.site_id].append(column)
    rows: dict[int, dict[tuple[int, int], Duties]] = defaultdict(dict)
    given = Responsibility.objects.filter(column__site__in=sites).order_by()
    for row in given.select_related("column"):
        rows[row.column.site_id][row.column_id, row.department_id] = duties_of(row)
    departments = list(Department.objects.order_by("position", "pk"))
    return {pk: Division(ColumnTree(columns[pk]), departments, rows[pk]) for pk in sites}


def owners(division: Division, column: Column) -> list[Department]:
    """Whose task it is to bring the column's content."""
    shares = division.shares(column)
    owning = [pk for pk, held in shares.items() if any(one.duty in OWNING for one in held)]
    return [division.departments[pk] for pk in owning]
