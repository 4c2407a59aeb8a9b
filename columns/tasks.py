"""Sweeps of columns, gathered for Celery to find."""

from columns.operations import delegations, expiry, grants, leaves

__all__ = ["delegations", "expiry", "grants", "leaves"]
