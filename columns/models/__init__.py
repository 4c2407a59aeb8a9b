"""Nouns of columns: the tree, the routes, the powers and who lends them."""

from columns.models.columns import Cadence, Column, Responsibility
from columns.models.delegations import Delegation, Leave
from columns.models.powers import Appointment, Role, Tenure
from columns.models.routes import ReviewRoute, RouteStep, StepCopy

__all__ = [
    "Appointment",
    "Cadence",
    "Column",
    "Delegation",
    "Leave",
    "Responsibility",
    "ReviewRoute",
    "Role",
    "RouteStep",
    "StepCopy",
    "Tenure",
]
