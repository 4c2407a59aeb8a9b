"""What every update limit binds: columns, each with what lies below it, or all of a class or unit on one site."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from assessment.rules.cadences import Record, Terms, narrowest
from columns.enums import CadenceState, ColumnKind, Placement
from columns.models import Cadence, Column, Responsibility
from columns.rules.cadences import first_in_use
from portal import lineage
from portal.models import Department, Site


class Node(NamedTuple):
    """A column as it is read for all sites at once."""

    parent: int | None
    site: int
    name: str
    own_class: str
    kind: str
    placement: str
    made_on: date


FIELDS = ("parent_id", "site_id", "name", "update_class", "kind", "placement", "made_on")


@dataclass(slots=True, eq=False)
class Bound:
    """One limit on one thing: a column with all below it, or the columns `members` of a site counted as one."""

    cadence: Cadence
    terms: Terms
    site: int
    column: int | None
    unit: int
    members: frozenset[int] = frozenset()
    record: Record = field(default_factory=Record)

    @property
    def target(self) -> str:
        """The rule and what it binds: one silence of it has one open slip."""
        return f"{self.cadence.pk}:" + (f"c{self.column}" if self.column else f"s{self.site}")


class House:
    """Sites, columns, departments and who collects for what, read once: five queries, however many columns."""

    def __init__(self, site: Site | None = None):
        only = Q(site=site) if site else Q()
        rows = Column.objects.filter(only).order_by().values_list("pk", *FIELDS)
        self.nodes = {pk: Node(*rest) for pk, *rest in rows.iterator()}
        sites = Site.objects.filter(pk=site.pk) if site else Site.objects.all()
        self.sites = {one.pk: one for one in sites.select_related("department")}
        self.departments = {one.pk: one for one in Department.objects.order_by("position", "pk")}
        self._collectors = self._read_collectors(site)
        self._parents = {pk: one.parent_id for pk, one in self.departments.items()}
        self._branches = {node.parent for node in self.nodes.values()}

    def chain(self, column: int) -> Iterator[int]:
        """The column and all above it."""
        step: int | None = column
        while step is not None and step in self.nodes:
            yield step
            step = self.nodes[step].parent

    def beneath(self, column: int) -> set[int]:
        """The column and all below it."""
        return {pk for pk in self.nodes if column in self.chain(pk)}

    def unit_of(self, column: int) -> int | None:
        """责任单位, as `columns.rules.cadences.unit_of` says it of one column."""
        site = self.sites[self.nodes[column].site]
        near = next((self._collectors[step] for step in self.chain(column) if step in self._collectors), [])
        return first_in_use((self.departments[pk] for pk in near), site.department)

    def class_of(self, column: int) -> str:
        return next(
            (self.nodes[step].own_class for step in self.chain(column) if self.nodes[step].own_class), ""
        )

    def is_below(self, unit: int | None, department: int) -> bool:
        return unit is not None and department in lineage.upwards(unit, self._parents)

    def is_written(self, column: int) -> bool:
        """Texts are published there: a list of articles without sub-columns."""
        return self.nodes[column].kind == ColumnKind.ARTICLES and column not in self._branches

    def is_shown(self, column: int) -> bool:
        return all(self.nodes[step].placement != Placement.UNLISTED for step in self.chain(column))

    def _read_collectors(self, site: Site | None) -> dict[int, list[int]]:
        rows = Responsibility.objects.filter(collects=True)
        rows = rows.filter(column__site=site) if site else rows
        place = {pk: number for number, pk in enumerate(self.departments)}
        found: dict[int, list[int]] = {}
        for column, department in rows.order_by().values_list("column", "department").iterator():
            found.setdefault(column, []).append(department)
        return {column: sorted(held, key=place.__getitem__) for column, held in found.items()}


def bound(house: House, day: date, rules: Iterable[Cadence] | None = None) -> Iterator[Bound]:
    """Everything that a rule in force on `day` binds; what nobody in office answers for owes nothing."""
    known = list(in_force(day)) if rules is None else list(rules)
    singly = [one for one in known if not one.together or one.column_id]
    together = [one for one in known if one.together and not one.column_id]
    yield from _columns(house, singly)
    yield from _sites(house, together)


def in_force(day: date):
    begun = Q(in_force_since=None) | Q(in_force_since__lte=day)
    return Cadence.objects.filter(begun, state=CadenceState.IN_FORCE)


def terms_of(cadence: Cadence) -> Terms:
    dates = tuple((int(month), int(day)) for month, day in cadence.month_days)
    return Terms(
        cadence.rule,
        cadence.count,
        cadence.period,
        cadence.days or 0,
        cadence.working,
        dates,
        cadence.in_force_since,
    )


def _columns(house: House, rules: list[Cadence]) -> Iterator[Bound]:
    named: dict[tuple[int, str], list[Cadence]] = {}
    for rule in rules:
        for column in _named_by(house, rule):
            named.setdefault((column, rule.rule), []).append(rule)
    for (column, _), candidates in named.items():
        unit = house.unit_of(column)
        fitting = [
            one for one in candidates if not one.department_id or house.is_below(unit, one.department_id)
        ]
        if unit is None or not house.is_shown(column):
            continue
        for rule in narrowest((_names(one), one) for one in fitting):
            node = house.nodes[column]
            yield Bound(rule, terms_of(rule), node.site, column, unit, record=Record(made_on=node.made_on))


def _named_by(house: House, rule: Cadence) -> Iterator[int]:
    """A class names the columns that bear it themselves: what inherits it is counted with them."""
    if rule.column_id:
        if rule.column_id in house.nodes:
            yield rule.column_id
        return
    for column, node in house.nodes.items():
        if rule.site_id and node.site != rule.site_id:
            continue
        if node.own_class == rule.update_class if rule.update_class else house.is_written(column):
            yield column


def _sites(house: House, rules: list[Cadence]) -> Iterator[Bound]:
    grouped: dict[tuple[int, str, str], list[tuple[Cadence, int, frozenset[int]]]] = {}
    by_site: dict[int, list[int]] = {}
    for column, node in house.nodes.items():
        by_site.setdefault(node.site, []).append(column)
    for rule in rules:
        for pk, site in house.sites.items():
            if rule.site_id and rule.site_id != pk:
                continue
            members = frozenset(one for one in by_site.get(pk, ()) if _is_member(house, rule, one))
            unit = rule.department_id or site.department_id
            if members and house.departments[unit].is_active:
                grouped.setdefault((pk, rule.rule, rule.update_class), []).append((rule, unit, members))
    for (pk, _, _), candidates in grouped.items():
        for rule, unit, members in narrowest((_names(one[0]), one) for one in candidates):
            made = min(house.nodes[one].made_on for one in members)
            yield Bound(rule, terms_of(rule), pk, None, unit, members, Record(made_on=made))


def _is_member(house: House, rule: Cadence, column: int) -> bool:
    if rule.update_class and house.class_of(column) != rule.update_class:
        return False
    return not rule.department_id or house.is_below(house.unit_of(column), rule.department_id)


def _names(rule: Cadence) -> tuple[bool, ...]:
    return (bool(rule.column_id), bool(rule.department_id), bool(rule.update_class), bool(rule.site_id))
