"""Who answers letters, and who instructs those who do."""

from django.db.models import QuerySet

from columns import queries as column_queries
from columns.queries.answerers import answering_departments, handlers
from portal.enums import Power
from portal.models import Site, User

__all__ = ["answering_departments", "handlers", "leaders"]


def leaders(site: Site) -> QuerySet[User]:
    """Whom a department may ask for an instruction: those who sign on the site."""
    return column_queries.site_holders(site, Power.SIGN).filter(is_active=True).order_by("staff_number")
