"""The column tree of a site, and the route a text of a column travels."""

from columns.models import Column
from columns.tree import ColumnTree
from portal.kept import is_keeping, kept
from portal.models import Site
from portal.once import once


def tree(site: Site) -> ColumnTree:
    """The site's whole tree: kept in memory for requests that only look, else read once per site instance."""
    if is_keeping():
        return kept(("tree", site.pk), lambda: ColumnTree(_columns(site)))
    return once(site, "columns", lambda: ColumnTree(_columns(site)))


def _columns(site: Site) -> list[Column]:
    columns = list(Column.objects.filter(site=site))
    for column in columns:
        column.site = site
    return columns


def route_of(column: Column, columns: ColumnTree):
    """The nearest review route going up from `column`; None where none is set up to the main column."""
    nearest = _nearest_with_route(column, columns)
    return nearest.route if nearest else None


def route_id_of(column: Column, columns: ColumnTree) -> int | None:
    """`route_of` for whoever has read all routes already: no query."""
    nearest = _nearest_with_route(column, columns)
    return nearest.route_id if nearest else None


def _nearest_with_route(column: Column, columns: ColumnTree) -> Column | None:
    return next((step for step in reversed(columns.path(column)) if step.route_id), None)
