"""The app's sweeps, gathered for Celery to find."""

from interaction.operations import attempts, news, reminders

__all__ = ["attempts", "news", "reminders"]
