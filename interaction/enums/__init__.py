"""Choices of interaction, by noun, with the words people read."""
