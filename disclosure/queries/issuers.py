"""公开工作机构 of a site, and who its documents are from."""

from django.db.models import QuerySet

from columns.queries import site_holders
from disclosure.models import Issuer, Office
from disclosure.rules.cataloguing import OFFICE_POWERS
from portal.models import Department, Site, User


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
    """The office of the site or of the nearest one above it: who a sub-site's readers turn to."""
    seen: set[int] = set()
    step: Site | None = site
    while step is not None and step.pk not in seen:
        if office := office_of(step):
            return office
        seen.add(step.pk)
        step = step.parent
    return None


def issuers(office: Office) -> QuerySet[Department]:
    """发布机构 that may be chosen: the organ itself, then the bodies with a code of their own."""
    rows = Issuer.objects.filter(office=office, is_active=True)
    return Department.objects.filter(
        pk__in=[office.site.department_id, *rows.values_list("department", flat=True)]
    )


def keepers(office: Office) -> list[User]:
    """Who is called when something of the catalogue waits: those who sit in the office with a power to handle it."""
    found: dict[int, User] = {}
    for power in OFFICE_POWERS:
        for person in site_holders(office.site, power).filter(
            department=office.department_id, is_active=True
        ):
            found[person.pk] = person
    return list(found.values())
