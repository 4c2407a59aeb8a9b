"""Named reads of inspections: who sees which, what was drawn from what, how the checks stand."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from assessment.enums.inspections import CheckResult, InspectionState
from assessment.models import Inspection, InspectionCheck
from assessment.rules import drawing, oversight
from assessment.rules import inspections as rules
from assessment.rules.facts import own_units
from columns import queries as column_queries
from columns import rules as column_rules
from columns.duties import OWNING, Division
from columns.models import Column
from portal import clock
from portal.enums import Power
from portal.models import Department, Site, User

FAULT, PENDING = CheckResult.FAULT, CheckResult.PENDING


@dataclass
class Sheet:
    """One drawn column with its checks, as the person may see them; `barred`: why they may not answer there."""

    column: Column
    unit: Department
    checks: list[InspectionCheck] = field(default_factory=list)
    barred: str = ""

    @property
    def answered(self) -> int:
        return sum(one.is_answered for one in self.checks)

    @property
    def faults(self) -> list[InspectionCheck]:
        return [one for one in self.checks if one.result == FAULT]

    @property
    def is_done(self) -> bool:
        return self.answered == len(self.checks)


@dataclass(frozen=True)
class Lot:
    """One line of the drawing: a column, its number, whether it was drawn."""

    name: str
    slug: str
    number: str
    is_drawn: bool


def visible_to(user: User) -> QuerySet[Inspection]:
    """All for overseers; of others those that are over and found something out about their unit."""
    rows = Inspection.objects.all()
    if oversight.oversees(user):
        return rows
    own = InspectionCheck.objects.filter(inspection=OuterRef("pk"), unit__in=own_units(user))
    return rows.filter(Exists(own), state=InspectionState.DONE)


def with_figures(rows: QuerySet[Inspection], user: User) -> QuerySet[Inspection]:
    """Each with how many items there are, are answered and are faulty; a unit's people count their own."""
    seen = Q()
    if not oversight.oversees(user):
        seen = Q(checks__unit__in=own_units(user))
    return rows.annotate(
        items=Count("checks", filter=seen), answered=Count("checks", filter=seen & ~Q(checks__result=PENDING)),
        faults=Count("checks", filter=seen & Q(checks__result=FAULT)),
    ).prefetch_related("sites")  # fmt: skip


def checks_for(inspection: Inspection, user: User) -> QuerySet[InspectionCheck]:
    """The checks that the person may see: of no column that they may not read, of others than overseers their units'."""
    rows = inspection.checks.select_related(
        "column__site", "unit", "checked_by", "picture", "rectification"
    ).order_by("column__site", "column__position", "column", "pk")
    rows = rows.exclude(column__in=rules.hidden(user, inspection.sites.all()))
    if oversight.oversees(user):
        return rows
    return rows.filter(unit__in=own_units(user))


def sheets(inspection: Inspection, user: User) -> list[Sheet]:
    """The drawn columns in the order of the sites, each with its checks."""
    found: dict[int, Sheet] = {}
    for check in checks_for(inspection, user):
        if check.column_id not in found:
            barred = oversight.why_not_assess(user, check.unit)
            found[check.column_id] = Sheet(check.column, check.unit, barred=barred)
        found[check.column_id].checks.append(check)
    return list(found.values())


def pending(inspection: Inspection) -> int:
    return inspection.checks.filter(result=PENDING).count()


def points(checks: QuerySet[InspectionCheck]) -> list[tuple[Department, int, float]]:
    """(unit, faults, points off), the most first: what the score reads."""
    rows = checks.filter(result=FAULT).order_by().values("unit")
    found = {one["unit"]: (one["n"], one["off"]) for one in rows.annotate(n=Count("pk"), off=Sum("points"))}
    units = Department.objects.in_bulk(found)
    return sorted(((units[pk], *told) for pk, told in found.items()), key=lambda one: -one[2])


def pool(site: Site, user: User) -> list[Column]:
    """What may be drawn on a site: columns that hold something themselves, and that the person may read."""
    tree = column_queries.tree(site)
    shut = rules.hidden(user, [site])
    return [one for one in tree if one.pk not in shut and not tree.children(one)]


def units_of(site: Site, columns: Iterable[Column]) -> dict[int, Department]:
    """Who answers for each column: the first department that collects for it, or answers; else the site's own."""
    division = column_queries.division(site)
    return {one.pk: _unit(division, one) or site.department for one in columns}


def lots(inspection: Inspection, site: dict, hidden: set[int]) -> list[Lot]:
    """One site's drawing, drawn again from what was kept; what the person may not read is left out."""
    found = []
    for row in site["pool"]:
        number = drawing.lot(inspection.seed, site["site"], row["slug"])
        found.append(Lot(row["name"], row["slug"], number, row["slug"] in site["drawn"]))
    shut = {row["slug"] for row in site["pool"] if row["column"] in hidden}
    return sorted((one for one in found if one.slug not in shut), key=lambda one: one.number)


def to_do(user: User) -> QuerySet[Inspection]:
    """待检查: under way, or planned for today or before; for whoever assesses."""
    sites = column_rules.powers_of(user).sites_with(Power.INSPECT)
    mains = Site.objects.filter(parent=None, pk__in=sites)
    due = Q(state=InspectionState.UNDER_WAY) | Q(state=InspectionState.PLANNED, planned_on__lte=clock.today())
    return Inspection.objects.filter(due, Exists(mains))


def _unit(division: Division, column: Column) -> Department | None:
    shares = division.shares(column)
    for duty in OWNING:
        for department, does in shares.items():
            if any(one.duty == duty for one in does):
                return division.departments[department]
    return None
