"""What waits for a person in assessment, and its places on the desk."""

from assessment.todos import bulletins, inspections, radar, scores, slips, website_reports

__all__ = ["bulletins", "inspections", "radar", "scores", "slips", "website_reports"]
