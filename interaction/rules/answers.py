"""Who approves an answer: whoever holds the power its step names, in the answering department where there is one."""

from django.db.models import QuerySet

from columns import queries as column_queries
from columns import rules as column_rules
from columns.enums import StepState
from interaction.models import Answer, AnswerStep
from portal.enums import Power
from portal.models import User


def deciders(answer: Answer, power: Power) -> list[User]:
    """Who may take a step: never the drafters, nor who acts for one of them.

    A department's own reviewers come before those of other departments; signing is the office's as a whole.
    """
    people = _holders(answer, power)
    own = people.filter(department=answer.department) if power == Power.REVIEW else people.none()
    barred = answer.writers | column_queries.stand_ins(answer.writers)
    return [person for person in (own or people) if person.pk not in barred]


def why_not_decide(user: User, step: AnswerStep) -> str:
    """Why `user` may not approve or return at this step; "" when they may."""
    answer = step.answer
    if step.state != StepState.CURRENT:
        return "这件答复没有待审的步骤"
    if user.pk in answer.writers:
        return "不能审核自己拟写的答复"
    if column_rules.principals(user) & answer.writers:
        return "您正代理这件答复的拟稿人，不能审核被代理人的答复"
    if user not in deciders(answer, Power(step.power)):
        return f"“{step.label}”须由有{Power(step.power).label}权限的人进行，本部门有审核人的由本部门审核"
    return ""


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
