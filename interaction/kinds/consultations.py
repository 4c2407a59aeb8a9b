"""民意征集 (福建第十五条(三)): a draft in clauses, opinions on them, and what was made of those."""

from typing import Any

from interaction.enums.activities import ActivityKind
from interaction.models import Activity
from interaction.operations import consultations as operations
from interaction.rules import consultations as rules
from interaction.rules.kinds import Kind, register


def _content(activity: Activity) -> dict[str, Any]:
    consultation = activity.consultation
    return {
        "consultation": consultation,
        "clauses": consultation.clauses.all(),
        "files": activity.files.select_related("file"),
    }


register(
    Kind(
        ActivityKind.CONSULTATION,
        editor="consultation_edit",
        template="desk/consultations/_content.html",
        style="portal/css/consultations.css",
        clause="办法第十四条第3项",
        issues=rules.issues,
        content=_content,
        begin=operations.begin,
        copy=operations.copy,
        results="consultation_feedback",
        result_issues=rules.result_issues,
        why_not_publish=rules.why_not_publish,
        seals=False,
        pages=(("查看意见", "opinions"),),
    )
)
