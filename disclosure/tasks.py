"""The app's sweeps, gathered for Celery to find."""

from disclosure.operations import dispatch_reminders, report_clock

__all__ = ["dispatch_reminders", "report_clock"]
