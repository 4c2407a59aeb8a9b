"""The kinds of activity, one small module each: what a kind brings along (interaction.rules.kinds)."""

from interaction.kinds import consultations, exams, interviews, polls, surveys

__all__ = ["consultations", "exams", "interviews", "polls", "surveys"]
