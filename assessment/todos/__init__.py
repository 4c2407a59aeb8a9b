"""What waits for a person in assessment, and its places on the desk."""

from assessment.todos import radar

__all__ = ["radar"]
