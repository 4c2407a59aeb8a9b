"""Nouns of interaction."""

from interaction.models.activities import Activity
from interaction.models.activity_files import ActivityFile
from interaction.models.answers import Answer, AnswerStep
from interaction.models.consultations import Consultation, ConsultationClause, Opinion
from interaction.models.escalations import Escalation
from interaction.models.interviews import Interview, InterviewEntry, InterviewGuest, InterviewQuestion
from interaction.models.letterboxes import Letterbox, LetterboxLook, Matter
from interaction.models.letters import Letter, LetterFile, LetterNews, PublicLetter
from interaction.models.referrals import Instruction, Referral

__all__ = [
    "Activity",
    "ActivityFile",
    "Answer",
    "AnswerStep",
    "Consultation",
    "ConsultationClause",
    "Escalation",
    "Instruction",
    "Interview",
    "InterviewEntry",
    "InterviewGuest",
    "InterviewQuestion",
    "Letter",
    "LetterFile",
    "LetterNews",
    "Letterbox",
    "LetterboxLook",
    "Matter",
    "Opinion",
    "PublicLetter",
    "Referral",
]
