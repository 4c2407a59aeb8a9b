"""政府信息公开工作机构: which one answers for a site."""

from disclosure.models import Office
from portal.models import Site


def office_of(site: Site) -> Office | None:
    """The office of this very site; the site is the one in hand."""
    office = Office.objects.select_related("department").filter(site=site).first()
    if office:
        office.site = site
    return office


def offices_in(sites: set[int]) -> list[Office]:
    """The offices of these sites, in the order of the sites: one query, none where there are no sites."""
    if not sites:
        return []
    rows = Office.objects.filter(site__in=sites).select_related("site", "department")
    return list(rows.order_by("site__position", "site"))


def nearest_office(site: Site) -> Office | None:
    """The office of the site or of the nearest one above it: who a sub-site's readers turn to (条例第四条)."""
    seen: set[int] = set()
    step: Site | None = site
    while step is not None and step.pk not in seen:
        if office := office_of(step):
            return office
        seen.add(step.pk)
        step = step.parent
    return None
