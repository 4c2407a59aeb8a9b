"""The app's sweeps, gathered for Celery to find."""

from publishing.operations import publication

__all__ = ["publication"]
