"""The app's sweeps, gathered for Celery to find."""

from interaction.operations import ballots

__all__ = ["ballots"]
