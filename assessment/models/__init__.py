"""Nouns of assessment."""

from assessment.models.facts import Publication
from assessment.models.inspections import Contest, Inspection, InspectionCheck, Violation
from assessment.models.radar import Visit
from assessment.models.schemes import Indicator, Scheme
from assessment.models.scores import IndicatorScore, Objection, Round, UnitScore
from assessment.models.slips import LinkRemoval, Mention, Rectification, ReminderSlip, SlipYear

__all__ = [
    "Contest",
    "Indicator",
    "IndicatorScore",
    "Inspection",
    "InspectionCheck",
    "LinkRemoval",
    "Mention",
    "Objection",
    "Publication",
    "Rectification",
    "ReminderSlip",
    "Round",
    "Scheme",
    "SlipYear",
    "UnitScore",
    "Violation",
    "Visit",
]
