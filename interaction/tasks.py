"""The app's sweeps, gathered for Celery to find."""

from interaction.operations import attempts, ballots, contributions, news, reminders, sheets

__all__ = ["attempts", "ballots", "contributions", "news", "reminders", "sheets"]
