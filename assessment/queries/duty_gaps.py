"""分工缺口 (实施意见三（二）; 石家庄第十三条): columns without an owner, units whose duty nobody there may do."""

from dataclasses import dataclass

from columns import queries as column_queries
from columns.models import Column
from portal.models import Department, Site


@dataclass(frozen=True)
class DutyGap:
    """`unit` None: no department owns the column; else the duties, in words, that nobody of it may do."""

    site: Site
    column: Column
    main: Column
    unit: Department | None
    lacks: str


def gaps(site: Site) -> list[DutyGap]:
    """Columns without an owner first; six queries, however large the site is."""
    division = column_queries.division(site)
    holders = column_queries.holders_of_all(site)
    columns = division.columns
    bare = [
        DutyGap(site, one, columns.path(one)[0], None, "没有责任单位") for one in division.without_owner()
    ]
    vacant = [
        DutyGap(site, one.column, columns.path(one.column)[0], one.department, _words(one.vacant))
        for one in division.assignments(holders)
        if one.vacant and not columns.children(one.column)
    ]
    return [*bare, *vacant]


def _words(duties) -> str:
    return "、".join(f"没有人{duty.word}" for duty in duties)
