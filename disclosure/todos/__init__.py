"""What waits for a person in disclosure, and its places on the desk."""

from disclosure.todos import dispatches, reports, requests

__all__ = ["dispatches", "reports", "requests"]
