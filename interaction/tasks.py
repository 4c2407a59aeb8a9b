"""The app's sweeps, gathered for Celery to find."""

from interaction.operations import ballots, contributions, news, reminders, sheets

__all__ = ["ballots", "contributions", "news", "reminders", "sheets"]
