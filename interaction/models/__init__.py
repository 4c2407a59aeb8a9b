"""Nouns of interaction."""

from interaction.models.activities import Activity
from interaction.models.answers import Answer, AnswerStep
from interaction.models.comments import Comment
from interaction.models.contributions import Contribution
from interaction.models.escalations import Escalation
from interaction.models.letterboxes import Letterbox, LetterboxLook, Matter
from interaction.models.letters import Letter, LetterFile, LetterNews, PublicLetter
from interaction.models.questions import Question, QuestionMark
from interaction.models.referrals import Instruction, Referral

__all__ = [
    "Activity",
    "Answer",
    "AnswerStep",
    "Comment",
    "Contribution",
    "Escalation",
    "Instruction",
    "Letter",
    "LetterFile",
    "LetterNews",
    "Letterbox",
    "LetterboxLook",
    "Matter",
    "PublicLetter",
    "Question",
    "QuestionMark",
    "Referral",
]
