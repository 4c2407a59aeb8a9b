"""Decisions about violations that write nothing."""

from assessment.models import Violation
from assessment.rules import oversight
from assessment.rules.facts import is_of_unit
from portal.models import User


def why_not(user: User, verb: str, violation: Violation) -> str:
    return oversight.why_not_assess(user, violation.unit)


def may_see(user: User, violation: Violation) -> bool:
    return oversight.oversees(user) or is_of_unit(user, violation.unit_id)
