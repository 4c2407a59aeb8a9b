"""The foundation's sweeps, gathered for Celery to find."""

from portal import notices, operations, rates
from portal.backups import timetable

__all__ = ["notices", "operations", "rates", "timetable"]
