"""The foundation's sweeps, gathered for Celery to find."""

from portal import notices, operations, partitions, publisher, rates
from portal.backups import timetable, watching
from portal.house import alarm, checks, keeping, machine

__all__ = [
    "alarm",
    "checks",
    "keeping",
    "machine",
    "notices",
    "operations",
    "partitions",
    "publisher",
    "rates",
    "timetable",
    "watching",
]
