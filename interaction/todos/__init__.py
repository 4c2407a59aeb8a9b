"""What waits for a person in interaction, by noun, for the desk."""

from interaction.todos import activities, letters, opinions

__all__ = ["activities", "letters", "opinions"]
