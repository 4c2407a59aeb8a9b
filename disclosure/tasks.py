"""The app's sweeps, gathered for Celery to find."""

from disclosure.operations import (
    deliveries,
    dispatch_reminders,
    lapses,
    news,
    report_clock,
    request_reminders,
)

__all__ = ["deliveries", "dispatch_reminders", "lapses", "news", "report_clock", "request_reminders"]
