"""Nouns of columns: the tree, the routes, the powers."""

from columns.models.columns import Cadence, Column, Responsibility
from columns.models.powers import Appointment, Role
from columns.models.routes import ReviewRoute, RouteStep

__all__ = ["Appointment", "Cadence", "Column", "Responsibility", "ReviewRoute", "Role", "RouteStep"]
