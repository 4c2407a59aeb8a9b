"""The admin of columns: their trees, the review routes, the roles."""

from columns.admin.roles import RoleAdmin, may_see_ledger
from columns.admin.routes import ReviewRouteAdmin
from columns.admin.tree import ColumnAdmin, may_see_columns

__all__ = ["ColumnAdmin", "ReviewRouteAdmin", "RoleAdmin", "may_see_columns", "may_see_ledger"]
