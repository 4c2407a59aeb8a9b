"""The foundation's sweeps, gathered for Celery to find."""

from portal import notices, operations, rates

__all__ = ["notices", "operations", "rates"]
