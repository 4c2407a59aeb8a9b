"""在线访谈 (福建第十五条(一)): guests answer what people ask, and what is said is on record."""

from typing import Any

from interaction.enums.activities import ActivityKind
from interaction.models import Activity
from interaction.operations import interviews as operations
from interaction.rules import interviews as rules
from interaction.rules.kinds import Kind, register


def _content(activity: Activity) -> dict[str, Any]:
    interview = activity.interview
    return {"interview": interview, "guests": interview.guests.select_related("picture")}


register(
    Kind(
        ActivityKind.INTERVIEW,
        editor="interview_edit",
        template="desk/interviews/_content.html",
        style="portal/css/interviews.css",
        issues=rules.issues,
        content=_content,
        begin=operations.begin,
        copy=operations.copy,
        pages=(
            ("主持台", "interview"),
            ("网友提问", "interview_questions"),
            ("摘要、视频和图片", "interview_media"),
        ),
    )
)
