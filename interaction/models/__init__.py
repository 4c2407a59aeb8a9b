"""Nouns of interaction."""

from interaction.models.activities import Activity
from interaction.models.activity_files import ActivityFile
from interaction.models.answers import Answer, AnswerStep
from interaction.models.attempts import Attempt, AttemptItem
from interaction.models.banks import BankReader, ExamQuestion, QuestionBank
from interaction.models.comments import Comment
from interaction.models.consultations import Consultation, ConsultationClause, Opinion
from interaction.models.contributions import Contribution
from interaction.models.escalations import Escalation
from interaction.models.exams import ExamSetup, PaperRule
from interaction.models.interviews import Interview, InterviewEntry, InterviewGuest, InterviewQuestion
from interaction.models.letterboxes import Letterbox, LetterboxLook, Matter
from interaction.models.letters import Letter, LetterFile, LetterNews, PublicLetter
from interaction.models.polls import Ballot, BallotChoice, Poll, PollOption, PollQuestion, VoterMark
from interaction.models.questions import Question, QuestionMark
from interaction.models.referrals import Instruction, Referral
from interaction.models.surveys import (
    Survey,
    SurveyAnswer,
    SurveyOption,
    SurveyQuestion,
    SurveySection,
    SurveySheet,
)

__all__ = [
    "Activity",
    "ActivityFile",
    "Answer",
    "AnswerStep",
    "Attempt",
    "AttemptItem",
    "Ballot",
    "BallotChoice",
    "BankReader",
    "Comment",
    "Consultation",
    "ConsultationClause",
    "Contribution",
    "Escalation",
    "ExamQuestion",
    "ExamSetup",
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
    "PaperRule",
    "Poll",
    "PollOption",
    "PollQuestion",
    "PublicLetter",
    "Question",
    "QuestionBank",
    "QuestionMark",
    "Referral",
    "Survey",
    "SurveyAnswer",
    "SurveyOption",
    "SurveyQuestion",
    "SurveySection",
    "SurveySheet",
    "VoterMark",
]
