"""The kinds of activity, one small module each: what a kind brings along (interaction.rules.kinds)."""

from interaction.kinds import exams, polls, surveys

__all__ = ["exams", "polls", "surveys"]
