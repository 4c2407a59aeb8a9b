"""What waits for a person in interaction, by noun, for the desk."""

from interaction.todos import activities, banks

__all__ = ["activities", "banks"]
