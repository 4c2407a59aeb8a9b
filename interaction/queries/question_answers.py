"""Answers to questions that wait to be approved: along the column's route, by whoever holds the power on the column."""

from functools import reduce
from operator import or_

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from guardian.models import UserObjectPermission

from columns import rules as column_rules
from columns.enums import StepState
from columns.models import Column
from interaction.models import Answer, AnswerStep
from portal.enums import Power
from portal.models import Site, User

DECIDING = (Power.REVIEW, Power.SIGN, Power.PUBLISH, Power.INSPECT)


def to_decide(user: User) -> QuerySet[AnswerStep]:
    """Current steps that `user` may take; never of what they drafted, nor those in whose place they act."""
    powers = column_rules.powers_of(user)
    held = {power: columns for power in DECIDING if (columns := powers.columns_with(power))}
    if not held:
        return AnswerStep.objects.none()
    wanted = reduce(or_, (Q(power=power, answer__question__column__in=ids) for power, ids in held.items()))
    mine = {user.pk, *column_rules.principals(user)}
    drafted = Q(saved_by__in=mine) | Q(saved_for__in=mine)
    written = Answer.history.model.objects.filter(drafted, id=OuterRef("answer_id"))
    rows = AnswerStep.objects.filter(wanted, state=StepState.CURRENT).exclude(Exists(written))
    elsewhere = Q(power=Power.REVIEW) & ~Q(answer__department=user.department_id)
    return rows.exclude(elsewhere & Q(_has_own_reviewer()))


def _has_own_reviewer() -> Exists:
    """Whether somebody of the answering department reviews in the question's column, by guardian's copy of the ledger:
    part of the query, not one more. Columns stand three deep at most.
    """
    types, column = ContentType.objects.get_for_models(Site, Column), "answer__question__column"
    held = UserObjectPermission.objects.filter(
        permission__codename=str(Power.REVIEW), user__is_active=True, user__department=OuterRef("answer__department")
    )  # fmt: skip
    above = [
        Cast(OuterRef(f"{column}{step}"), CharField())
        for step in ("_id", "__parent_id", "__parent__parent_id")
    ]
    on_column = Q(content_type=types[Column], object_pk__in=above)
    on_site = Q(content_type=types[Site], object_pk=Cast(OuterRef("answer__question__site_id"), CharField()))
    return Exists(held.filter(on_column | on_site))
