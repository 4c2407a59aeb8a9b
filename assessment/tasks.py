"""The app's sweeps, gathered for Celery to find."""

from assessment.operations import facts, links, radar, rectifications, reminders, scoring, visits, webhook

__all__ = ["facts", "links", "radar", "rectifications", "reminders", "scoring", "visits", "webhook"]
