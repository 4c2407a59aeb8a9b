"""Who approves an answer: whoever holds the power its step names, in the answering department where there is one."""

from django.db.models import QuerySet

from columns import queries as column_queries
from columns import rules as column_rules
from columns.enums import StepState
from interaction.models import Answer, AnswerStep
from portal.enums import Power
from portal.models import User


def deciders(answer: Answer, power: Power) -> list[User]:
    """Who may take a step, the answering department's own reviewers first (`columns.queries.deciders`)."""
    holding = _holders(answer, power)
    return column_queries.deciders(holding, power, writers=answer.writers, department=answer.department_id)


def why_not_decide(user: User, step: AnswerStep) -> str:
    """Why `user` may not approve or return at this step; "" when they may."""
    answer, power = step.answer, Power(step.power)
    return column_rules.why_not_decide(
        user, step, called="答复", writers=answer.writers, deciders=lambda: deciders(answer, power)
    )


def current_step(answer: Answer) -> AnswerStep | None:
    return answer.steps.filter(state=StepState.CURRENT).first()


def acting_for(user: User, step: AnswerStep) -> User | None:
    """In whose place `user` decides, under a delegation."""
    if step.answer.question:
        return column_rules.acting_for(user, step.power, step.answer.question.column)
    return column_rules.acting_for_site(user, step.power, step.answer.site.pk)


def _holders(answer: Answer, power: Power) -> QuerySet[User]:
    """On the site of a letter; of a question, on its column: its answer travels the column's route."""
    if answer.question:
        return column_queries.holders(answer.question.column, power).filter(is_active=True)
    return column_queries.site_holders(answer.site, power).filter(is_active=True)
