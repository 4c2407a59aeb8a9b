"""The foundation's sweeps, gathered for Celery to find."""

from portal import notices, operations

__all__ = ["notices", "operations"]
