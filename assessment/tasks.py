"""The app's sweeps, gathered for Celery to find."""

from assessment.operations import facts

__all__ = ["facts"]
