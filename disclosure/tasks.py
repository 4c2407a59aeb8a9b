"""The app's sweeps, gathered for Celery to find."""

from disclosure.operations import deliveries, lapses, news, request_reminders

__all__ = ["deliveries", "lapses", "news", "request_reminders"]
