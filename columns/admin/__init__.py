"""The admin of columns: their trees, the review routes, the ledger of grants."""

from columns.admin.appointments import AppointmentAdmin, RoleAdmin
from columns.admin.routes import ReviewRouteAdmin
from columns.admin.tree import ColumnAdmin, may_see_columns

__all__ = ["AppointmentAdmin", "ColumnAdmin", "ReviewRouteAdmin", "RoleAdmin", "may_see_columns"]
