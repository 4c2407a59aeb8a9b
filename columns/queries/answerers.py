"""Who answers: people with 答复 on a site, by the department they sit in."""

from django.db.models import Q, QuerySet

from columns.models import Delegation
from columns.queries.holders import site_holders
from portal.enums import Power
from portal.models import Department, Site, User


def handlers(site: Site, department: Department | int | None) -> QuerySet[User]:
    """Everybody who answers for `department` on the site, and who acts for one of them. Empty for None."""
    people = site_holders(site, Power.ANSWER).filter(is_active=True)
    lent = Delegation.objects.live().filter(principal__department=department).order_by().values("acting")
    return people.filter(Q(department=department) | Q(pk__in=lent)) if department else people.none()


def answering_departments(site: Site) -> QuerySet[Department]:
    """The departments where somebody answers: only those can be written or referred to."""
    people = site_holders(site, Power.ANSWER).filter(is_active=True)
    return Department.objects.filter(pk__in=people.order_by().values("department"), is_active=True)
