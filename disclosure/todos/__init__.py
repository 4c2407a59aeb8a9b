"""What waits for a person in disclosure, and its places on the desk."""

from disclosure.todos import decisions, requests

__all__ = ["decisions", "requests"]
