"""Who documents are from, and who keeps the catalogue."""

from django.db.models import QuerySet

from columns.queries import site_holders
from disclosure.models import Issuer, Office
from disclosure.rules.cataloguing import OFFICE_POWERS
from portal.models import Department, User


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
