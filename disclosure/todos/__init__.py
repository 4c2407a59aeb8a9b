"""What waits for a person in disclosure, and its places on the desk."""

from disclosure.todos import decisions, dispatches, reports, requests

__all__ = ["decisions", "dispatches", "reports", "requests"]
