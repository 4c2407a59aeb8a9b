"""The app's sweeps, gathered for Celery to find."""

from disclosure.operations import (
    catalogue_reminders,
    deliveries,
    dispatch_reminders,
    lapses,
    news,
    pre_review_sweeps,
    reach,
    report_clock,
    request_reminders,
    validity,
)

__all__ = [
    "catalogue_reminders",
    "deliveries",
    "dispatch_reminders",
    "lapses",
    "news",
    "pre_review_sweeps",
    "reach",
    "report_clock",
    "request_reminders",
    "validity",
]
