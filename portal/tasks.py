"""The foundation's sweeps, gathered for Celery to find."""

from portal import notices, operations, partitions, rates

__all__ = ["notices", "operations", "partitions", "rates"]
