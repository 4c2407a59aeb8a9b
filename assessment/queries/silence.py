"""沉默栏目: which columns are silent for how long, of all sites, worst first."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from assessment.enums.facts import EventKind
from assessment.models import Publication
from assessment.queries.owners import divisions, owners
from columns import rules as column_rules
from columns.duties import Division
from columns.enums import ColumnKind, Placement
from columns.models import Column
from interaction.enums.questions import SHOWN
from interaction.models import Question
from portal import clock
from portal.models import Site
from publishing.enums import ArticleState

NEVER = 10**6


@dataclass(frozen=True)
class Silence:
    """`days` None: nothing was ever published. `watch`: which clause of the national check looks at it."""

    site: Site
    column: Column
    main: Column
    unit: str
    newest: date | None
    days: int | None
    watch: str

    @property
    def weight(self) -> int:
        return NEVER if self.days is None else self.days


def silences(day: date, *, by: str = "site") -> list[Silence]:
    """In groups by `site` or `unit`, the group with the longest silence first; six queries."""
    sites = list(Site.objects.all())
    newest = _newest(day)
    found = [
        _silence(one, division, newest.get(one.pk), day)
        for division in divisions(sites).values()
        for one in division.columns
        if _is_looked_at(one, division)
    ]
    worst: dict[object, int] = {}
    for one in found:
        worst[group_of(one, by)] = max(worst.get(group_of(one, by), 0), one.weight)
    return sorted(
        found, key=lambda one: (-worst[group_of(one, by)], str(group_of(one, by)), -one.weight, one.column.pk)
    )


def group_of(one: Silence, by: str) -> str:
    return (one.unit or "没有责任单位") if by == "unit" else one.site.name


def _silence(column: Column, division: Division, newest: date | None, day: date) -> Silence:
    return Silence(
        column.site, column, division.columns.path(column)[0],
        "、".join(str(one) for one in owners(division, column)), newest, (day - newest).days if newest else None,
        column_rules.type_of(column, division.columns).watch,
    )  # fmt: skip


def _is_looked_at(column: Column, division: Division) -> bool:
    """Things are written for it again and again: no single page, nothing hidden."""
    path = division.columns.path(column)
    if column.kind == ColumnKind.PAGE or division.columns.children(column):
        return False
    return all(step.placement != Placement.UNLISTED for step in path)


def _newest(day: date) -> dict[int, date]:
    rows = Publication.objects.filter(kind=EventKind.FIRST, article__state=ArticleState.LIVE, on__lte=day)
    found = dict(rows.order_by().values_list("article__column").annotate(Max("on")))
    answered = Question.objects.filter(state__in=SHOWN, answered_at__isnull=False).order_by()
    for column, moment in answered.values_list("column").annotate(Max("answered_at")):
        found[column] = max(found.get(column, date.min), clock.local(moment).date())
    return found
