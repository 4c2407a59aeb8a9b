"""Who may take a step of a draft's walk."""

from django.db.models import QuerySet

from columns.queries.holders import stand_ins
from portal.enums import Power
from portal.models import Department, User


def deciders(
    holding: QuerySet[User], power: Power, *, writers: set[int], department: Department | int
) -> list[User]:
    """Of those who hold the step's power: never the drafters, nor who acts for one of them.

    A department's own reviewers come before those of other departments; signing is the office's as a whole.
    """
    own = holding.filter(department=department) if power == Power.REVIEW else holding.none()
    barred = writers | stand_ins(writers)
    return [person for person in (own or holding) if person.pk not in barred]
