"""信息维护分工 of a site, read."""

from columns.duties import Division, Duties
from columns.enums import Duty
from columns.models import Responsibility
from columns.queries.trees import tree
from portal.models import Department, Site


def division(site: Site) -> Division:
    """The site's tree, all departments in their order, all rows: three queries at most."""
    rows = list(Responsibility.objects.filter(column__site=site).order_by())
    return Division(
        tree(site),
        Department.objects.order_by("position", "pk"),
        {(row.column_id, row.department_id): duties_of(row) for row in rows},
        {(row.column_id, row.department_id): row.clause for row in rows},
    )


def duties_of(row: Responsibility) -> Duties:
    return frozenset(duty for duty in Duty if getattr(row, duty.value))
