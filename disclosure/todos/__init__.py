"""What waits for a person in disclosure, and its places on the desk."""

from disclosure.todos import (
    catalogue,
    decisions,
    dispatches,
    reports,
    requests,
    services,
)

__all__ = [
    "catalogue",
    "decisions",
    "dispatches",
    "reports",
    "requests",
    "services",
]
