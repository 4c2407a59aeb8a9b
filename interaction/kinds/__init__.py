"""The kinds of activity, one small module each: what a kind brings along (interaction.rules.kinds)."""

from interaction.kinds import exams

__all__ = ["exams"]
