"""What waits for a person in interaction, by noun, for the desk."""

from interaction.todos import activities, banks, comments, contributions, exams, letters, opinions, questions

__all__ = ["activities", "banks", "comments", "contributions", "exams", "letters", "opinions", "questions"]
