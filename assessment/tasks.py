"""The app's sweeps, gathered for Celery to find."""

from assessment.operations import facts, radar, rectifications, scoring, visits

__all__ = ["facts", "radar", "rectifications", "scoring", "visits"]
