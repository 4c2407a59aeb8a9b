"""网上调查 as a kind of activity."""

from itertools import groupby
from typing import Any

from interaction.enums.activities import ActivityKind
from interaction.models import Activity
from interaction.operations import surveys as operations
from interaction.rules import surveys as rules
from interaction.rules.kinds import Kind, register


def _content(activity: Activity) -> dict[str, Any]:
    asked = activity.survey.asked()
    parts = [(section, list(rows)) for section, rows in groupby(asked, key=lambda one: one.section)]
    return {"survey": activity.survey, "parts": parts}


register(
    Kind(
        ActivityKind.SURVEY, editor="survey_edit", template="desk/surveys/_content.html", issues=rules.issues,
        content=_content, begin=operations.begin, copy=operations.copy, results="survey_results",
        result_issues=rules.result_issues,
    )
)  # fmt: skip
