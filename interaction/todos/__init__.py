"""What waits for a person in interaction, by noun, for the desk."""

from interaction.todos import activities, banks, exams, letters

__all__ = ["activities", "banks", "exams", "letters"]
