"""What waits for a person in disclosure, and its places on the desk."""

from disclosure.todos import catalogue

__all__ = ["catalogue"]
