"""Forms of columns: the tree and its routes for the admin, the ledger for the desk."""

from columns.forms.tree import ColumnForm, ReviewRouteForm, RouteStepForm, column_choices

__all__ = ["ColumnForm", "ReviewRouteForm", "RouteStepForm", "column_choices"]
