"""政府信息公开责任分工表 (附件二的样式): category × department, with the steps of its texts, and what nobody has."""

from dataclasses import dataclass

from columns.models import ReviewRoute
from disclosure.models import Category, CategoryDuty
from disclosure.queries.categories import CategoryTree
from portal.models import Site

DIRECT = "不设审核"


@dataclass(frozen=True)
class Line:
    """One category: who leads, who helps, along which steps; `duties` are those above it where it has none itself."""

    category: Category
    depth: int
    leads: list[CategoryDuty]
    helps: list[CategoryDuty]
    chain: list[str]
    from_above: bool
    is_group: bool

    @property
    def is_nobodys(self) -> bool:
        """No department makes it public, and nothing below it is there to do so."""
        return not self.is_group and not self.leads


def table(site: Site) -> list[Line]:
    """All active categories in reading order: four queries however many there are."""
    tree, duties, chains = CategoryTree(site), _duties(site), _chains()
    lines = []
    for branch in tree.flat():
        own = duties.get(branch.category.pk, [])
        above = next(
            (duties[one.pk] for one in reversed(tree.path(branch.category)[:-1]) if duties.get(one.pk)), []
        )
        found = own or above
        lines.append(
            Line(
                branch.category, branch.depth, [one for one in found if one.leads],
                [one for one in found if not one.leads], _chain(found, chains), bool(above and not own),
                bool(branch.children),
            )
        )  # fmt: skip
    return lines


def _duties(site: Site) -> dict[int, list[CategoryDuty]]:
    found: dict[int, list[CategoryDuty]] = {}
    rows = CategoryDuty.objects.filter(category__site=site).select_related("department", "route")
    for one in rows.order_by("category", "-leads", "department__position", "pk"):
        found.setdefault(one.category_id, []).append(one)
    return found


def _chains() -> dict[int, str]:
    """By route, its steps in words: 科室负责人审核 → 局长签发."""
    rows = ReviewRoute.objects.prefetch_related("steps")
    return {one.pk: " → ".join(step.label for step in one.steps.all()) or DIRECT for one in rows}


def _chain(duties: list[CategoryDuty], chains: dict[int, str]) -> list[str]:
    said = (chains[one.route_id] if one.route_id else DIRECT for one in duties)
    return list(dict.fromkeys(said))
