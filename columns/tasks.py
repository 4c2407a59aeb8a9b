"""Sweeps of columns, gathered for Celery to find."""

from columns.operations import delegations, expiry, grants

__all__ = ["delegations", "expiry", "grants"]
