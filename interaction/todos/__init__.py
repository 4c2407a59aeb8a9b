"""What waits for a person in interaction, by noun, for the desk."""

from interaction.todos import activities, letters

__all__ = ["activities", "letters"]
