"""Things that tests of update limits need besides texts."""

import uuid
from datetime import datetime

from columns.models import Column
from interaction.enums.questions import QuestionState
from interaction.models import Question
from portal.models import Department, User


def answered(column: Column, department: Department, by: User, at: datetime) -> Question:
    """A question of `by` that `department` answered at that moment."""
    return Question.objects.create(
        site=column.site, column=column, title="怎样办理", asked_by=by, department=department, asked_at=at,
        answered_at=at, state=QuestionState.ANSWERED, key=uuid.uuid4(),
    )  # fmt: skip
