"""Nouns of assessment."""

from assessment.models.bulletins import Bulletin
from assessment.models.facts import Publication
from assessment.models.inspections import Contest, ContestCandidate, Inspection, InspectionCheck, Violation
from assessment.models.radar import Reading, Threshold, Visit
from assessment.models.schemes import Indicator, Scheme
from assessment.models.scores import Consent, IndicatorScore, Objection, Round, UnitScore
from assessment.models.slips import LinkRemoval, Mention, Rectification, ReminderSlip, SlipYear

__all__ = [
    "Bulletin",
    "Consent",
    "Contest",
    "ContestCandidate",
    "Indicator",
    "IndicatorScore",
    "Inspection",
    "InspectionCheck",
    "LinkRemoval",
    "Mention",
    "Objection",
    "Publication",
    "Reading",
    "Rectification",
    "ReminderSlip",
    "Round",
    "Scheme",
    "SlipYear",
    "Threshold",
    "UnitScore",
    "Violation",
    "Visit",
]
