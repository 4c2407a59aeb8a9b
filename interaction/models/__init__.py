"""Nouns of interaction."""

from interaction.models.activities import Activity

__all__ = ["Activity"]
