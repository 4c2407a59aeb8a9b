"""Sweeps of columns, gathered for Celery to find."""

from columns.operations import appointments, delegations, grants

__all__ = ["appointments", "delegations", "grants"]
