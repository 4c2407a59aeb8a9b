"""栏目建设 (实施意见二第二阶段): sub-columns with fewer items than asked for, and how many are missing."""

from dataclasses import dataclass

from django.db.models import Count

from assessment.rules.standard import standard
from columns import queries as column_queries
from columns.enums import ColumnKind, Placement
from columns.models import Column
from columns.tree import ColumnTree
from interaction.enums.questions import SHOWN
from interaction.models import Question
from portal import parameters
from portal.models import Site
from publishing.models import Article


@dataclass(frozen=True)
class Gap:
    """A sub-column that has `have` items and needs `need`."""

    site: Site
    column: Column
    main: Column
    have: int
    need: int

    @property
    def missing(self) -> int:
        return self.need - self.have


def gaps(sites: list[Site] | None = None) -> list[Gap]:
    """Site by site, the emptiest first; two queries and one a site. Nothing where no rule asks for a number."""
    need = parameters.value("build_up_least")
    if need is None:
        return []
    sites = list(Site.objects.all()) if sites is None else sites
    have = _counts(sites)
    found = [gap for site in sites for gap in _gaps(site, column_queries.tree(site), have, need)]
    order = {site.pk: place for place, site in enumerate(sites)}
    return sorted(
        found, key=lambda gap: (order[gap.site.pk], gap.have, gap.main.position, gap.column.position)
    )


def _gaps(site: Site, columns: ColumnTree, have: dict[int, int], need: int) -> list[Gap]:
    return [
        Gap(site, one, columns.path(one)[0], have.get(one.pk, 0), need)
        for one in columns
        if _is_asked(one, columns) and have.get(one.pk, 0) < need
    ]


def _is_asked(column: Column, columns: ColumnTree) -> bool:
    """A sub-column that things are written for, in use, of a main column that is not exempt."""
    path, exempt = columns.path(column), standard()["build_up"]
    if len(path) < 2 or columns.children(column) or column.kind not in ColumnKind.values:
        return False
    if any(step.placement == Placement.UNLISTED for step in path):
        return False
    return not any(step.slug in exempt["keys"] or step.name in exempt["names"] for step in path)


def _counts(sites: list[Site]) -> dict[int, int]:
    """By column, what readers find there now."""
    live = (
        Article.objects.live().filter(site__in=sites).order_by().values_list("column").annotate(Count("pk"))
    )
    shown = Question.objects.filter(site__in=sites, state__in=SHOWN).order_by()
    found = dict(live)
    for column, number in shown.values_list("column").annotate(Count("pk")):
        found[column] = found.get(column, 0) + number
    return found
