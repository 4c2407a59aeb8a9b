"""The app's sweeps, gathered for Celery to find."""

from disclosure.operations import pre_review_sweeps

__all__ = ["pre_review_sweeps"]
