"""What waits for a person in disclosure, and its places on the desk."""

from disclosure.todos import services

__all__ = ["services"]
