"""The app's sweeps, gathered for Celery to find."""

from interaction.operations import ballots, news, reminders, sheets

__all__ = ["ballots", "news", "reminders", "sheets"]
