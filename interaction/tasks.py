"""The app's sweeps, gathered for Celery to find."""

from interaction.operations import news, reminders

__all__ = ["news", "reminders"]
