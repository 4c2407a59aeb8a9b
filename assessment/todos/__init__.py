"""What waits for a person in assessment, and its places on the desk."""

from assessment.todos import bulletins, scores

__all__ = ["bulletins", "scores"]
from assessment.todos import inspections

__all__ = ["inspections"]
