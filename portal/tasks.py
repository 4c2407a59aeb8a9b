"""The foundation's sweeps, gathered for Celery to find."""

from portal import notices

__all__ = ["notices"]
