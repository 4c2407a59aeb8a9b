"""The app's sweeps, gathered for Celery to find."""

from disclosure.operations import catalogue_reminders, reach, validity

__all__ = ["catalogue_reminders", "reach", "validity"]
