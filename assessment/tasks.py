"""The app's sweeps, gathered for Celery to find."""

from assessment.operations import facts, links, reminders, webhook

__all__ = ["facts", "links", "reminders", "webhook"]
