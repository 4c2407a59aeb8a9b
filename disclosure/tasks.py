"""The app's sweeps, gathered for Celery to find."""

from disclosure.operations import lapses, news, request_reminders

__all__ = ["lapses", "news", "request_reminders"]
