"""The app's sweeps, gathered for Celery to find."""

from interaction.operations import contributions, news, reminders

__all__ = ["contributions", "news", "reminders"]
