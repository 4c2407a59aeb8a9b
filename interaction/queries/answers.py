"""Answers that wait to be approved."""

from functools import reduce
from operator import or_

from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, Q, QuerySet, Subquery

from columns import rules as column_rules
from columns.enums import StepState
from interaction.models import AnswerStep
from interaction.queries import question_answers
from portal.enums import Power
from portal.models import Limit, User
from portal.notices import holders

DECIDING = (Power.REVIEW, Power.SIGN)
SHOWN_WITH = ("answer__letter__site", "answer__question__site", "answer__department", "answer__saved_by")


def to_decide(user: User) -> QuerySet[AnswerStep]:
    """Current steps that `user` may take, of answers to letters and to questions. The rules of answers have the last
    word.
    """
    both = Q(pk__in=_of_letters(user).order_by().values("pk"))
    both |= Q(pk__in=question_answers.to_decide(user).order_by().values("pk"))
    return AnswerStep.objects.filter(both)


def _of_letters(user: User) -> QuerySet[AnswerStep]:
    """They hold the power on the site, did not draft it, and, where the answering department has a reviewer of its own,
    sit there.
    """
    powers = column_rules.powers_of(user)
    held = {power: sites for power in DECIDING if (sites := powers.sites_with(power))}
    if not held:
        return AnswerStep.objects.none()
    wanted = reduce(or_, (Q(power=power, answer__letter__site__in=sites) for power, sites in held.items()))
    mine = {user.pk, *column_rules.principals(user)}
    rows = AnswerStep.objects.filter(wanted, state=StepState.CURRENT)
    rows = rows.exclude(answer__saved_by__in=mine).exclude(answer__saved_for__in=mine)
    elsewhere = Q(power=Power.REVIEW) & ~Q(answer__department=user.department_id)
    return rows.exclude(elsewhere & Q(answer__department__in=_with_own_reviewer()))


def with_clock(user: User) -> QuerySet[AnswerStep]:
    """`to_decide` with `due_at` and `computed` of each step's clock, nearest first."""
    step_type = ContentType.objects.get_for_model(AnswerStep)
    running = Limit.objects.filter(subject_type=step_type, subject_id=OuterRef("pk"), met_at=None)
    rows = to_decide(user).select_related(*SHOWN_WITH)
    return rows.annotate(
        due_at=Subquery(running.values("due_at")[:1]), computed=Subquery(running.values("computed")[:1])
    ).order_by("due_at", "pk")


def _with_own_reviewer() -> QuerySet:
    """Departments where somebody reviews, by guardian's copy of the ledger: part of the query, not one more."""
    return holders(Power.REVIEW).filter(department__isnull=False).order_by().values("department")
