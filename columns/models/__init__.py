"""Nouns of columns: the tree, the routes, the powers and who lends them."""

from columns.models.cadences import Cadence, CadencePause
from columns.models.columns import Column, Responsibility
from columns.models.delegations import Delegation, Leave
from columns.models.powers import Appointment, Role, Tenure
from columns.models.routes import ReviewRoute, RouteStep, StepCopy

__all__ = [
    "Appointment",
    "Cadence",
    "CadencePause",
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
