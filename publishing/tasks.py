"""The app's sweeps, gathered for Celery to find."""

from publishing.operations import counts, publication

__all__ = ["counts", "publication"]
