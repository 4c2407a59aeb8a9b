"""What waits for a person in assessment, and its places on the desk."""

from assessment.todos import slips

__all__ = ["slips"]
