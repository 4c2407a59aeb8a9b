"""答复: drafted, covered, approved, delivered, registered."""
