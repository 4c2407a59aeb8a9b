"""The app's sweeps, gathered for Celery to find."""

from assessment.operations import facts, radar, visits

__all__ = ["facts", "radar", "visits"]
