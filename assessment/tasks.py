"""The app's sweeps, gathered for Celery to find."""

from assessment.operations import facts, scoring

__all__ = ["facts", "scoring"]
from assessment.operations import facts, rectifications

__all__ = ["facts", "rectifications"]
