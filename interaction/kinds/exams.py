"""网上考试 as a kind of activity (办法第十五条、附件一)."""

from typing import Any

from interaction.enums.activities import ActivityKind, Participants
from interaction.models import Activity
from interaction.operations import exams as operations
from interaction.queries import exam_results, papers
from interaction.rules import papers as rules
from interaction.rules.kinds import Kind, register


def _content(activity: Activity) -> dict[str, Any]:
    """The settings and the rules, each with how many questions the bank has for it."""
    found = papers.rules_of(activity)
    there = papers.availability(found, papers.fixed_at(activity))
    return {
        "setup": papers.setup_of(activity),
        "rules": [(rule, there[place]) for place, rule in enumerate(found)],
        "whole": rules.total(found),
        "size": sum(rule.count for rule in found),
    }


register(
    Kind(
        ActivityKind.EXAM, editor="exam_edit", template="desk/exams/_content.html", clause="办法第十五条",
        issues=papers.issues, content=_content, begin=operations.begin, copy=operations.copy,
        results="exam_results", result_issues=exam_results.issues, signs_in=True,
        participants=(Participants.STAFF, Participants.DEPARTMENTS, Participants.EVERYONE),
    )
)  # fmt: skip
