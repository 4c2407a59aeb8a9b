"""What waits for a person in disclosure, and its places on the desk."""

from disclosure.todos import requests

__all__ = ["requests"]
