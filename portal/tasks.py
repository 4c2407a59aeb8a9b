"""The foundation's sweeps, gathered for Celery to find."""

from portal import notices, operations, publisher, rates

__all__ = ["notices", "operations", "publisher", "rates"]
