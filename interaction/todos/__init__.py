"""What waits for a person in interaction, by noun, for the desk."""

from interaction.todos import activities, comments, contributions, letters, opinions, questions

__all__ = ["activities", "comments", "contributions", "letters", "opinions", "questions"]
