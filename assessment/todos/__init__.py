"""What waits for a person in assessment, and its places on the desk."""

from assessment.todos import bulletins

__all__ = ["bulletins"]
from assessment.todos import scores

__all__ = ["scores"]
