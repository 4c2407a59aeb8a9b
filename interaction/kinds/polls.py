"""网上投票 and 网上评议 as kinds of activity."""

from typing import Any

from interaction.enums.activities import ActivityKind
from interaction.models import Activity
from interaction.operations import polls as operations
from interaction.rules import polls as rules
from interaction.rules.kinds import Kind, register


def _content(activity: Activity) -> dict[str, Any]:
    return {
        "poll": activity.poll,
        "questions": activity.poll.asked(),
        "levels": activity.poll.levels() if activity.kind == ActivityKind.APPRAISAL else [],
        "least": rules.least_voters(),
    }


def _kind(key: ActivityKind, clause: str) -> Kind:
    return Kind(
        key, editor="poll_edit", template="desk/polls/_content.html", clause=clause, issues=rules.issues,
        content=_content, begin=operations.begin, copy=operations.copy, results="poll_results", signs_in=True,
    )  # fmt: skip


register(
    _kind(ActivityKind.POLL, "办法第十四条第4项"),
    _kind(ActivityKind.APPRAISAL, "办法第十四条第4项"),
)
