"""The life of an activity: made by one, approved by another; it opens and closes by its dates, without a move."""

from interaction.enums.activities import EDITABLE_STATES
from interaction.enums.activities import ActivityState as A
from portal.enums import Power
from portal.transitions import Transition, Workflow, states

ACTIVITY = Workflow.of(
    Transition("report", "提交审核", states(*EDITABLE_STATES), A.IN_REVIEW, Power.COLLECT),
    Transition("recall", "收回", states(A.IN_REVIEW), A.DRAFT, Power.COLLECT),
    Transition("approve", "同意", states(A.IN_REVIEW), A.APPROVED, Power.REVIEW),
    Transition("return_", "退回", states(A.IN_REVIEW), A.RETURNED, Power.REVIEW, needs_note=True),
    Transition("discard", "作废", states(*EDITABLE_STATES), A.DISCARDED, Power.COLLECT),
    Transition("publish_results", "公布结果", states(A.APPROVED), A.APPROVED, Power.PUBLISH),
    Transition("keep_results", "不公布结果", states(A.APPROVED), A.APPROVED, Power.PUBLISH),
    Transition(
        "take_back_results", "收回结果", states(A.APPROVED), A.APPROVED, Power.PUBLISH, needs_note=True
    ),
    Transition("end", "提前结束", states(A.APPROVED), A.APPROVED, Power.PUBLISH, needs_note=True),
    Transition("withdraw", "撤下", states(A.APPROVED), A.WITHDRAWN, Power.PUBLISH, needs_note=True),
)
"""An approved activity is never changed: withdrawn, it may be copied into a new draft."""
