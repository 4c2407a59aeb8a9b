"""The life of a text (办法第十六条: 版主采集 → 科室负责人或分局长审核 → 版主发布)."""

from portal.enums import Power
from portal.workflow import Transition, Workflow, states
from publishing.enums import RevisionState as R

REVISION = Workflow.of(
    Transition("report", "提交审核", states(R.DRAFT, R.RETURNED), R.IN_REVIEW, Power.COLLECT),
    Transition("recall", "收回修改", states(R.IN_REVIEW, R.APPROVED), R.DRAFT, Power.COLLECT),
    Transition("approve", "同意", states(R.IN_REVIEW), R.IN_REVIEW, Power.REVIEW),
    Transition("clear", "审核通过", states(R.IN_REVIEW), R.APPROVED, None),
    Transition("return_", "退回", states(R.IN_REVIEW), R.RETURNED, Power.REVIEW, needs_note=True),
    Transition(
        "send_back", "退回修改", states(R.APPROVED, R.SCHEDULED), R.RETURNED, Power.PUBLISH, needs_note=True
    ),
    Transition("publish", "发布", states(R.APPROVED, R.SCHEDULED), R.PUBLISHED, Power.PUBLISH),
    Transition("schedule", "定时发布", states(R.APPROVED), R.SCHEDULED, Power.PUBLISH),
    Transition("unschedule", "取消定时", states(R.SCHEDULED), R.APPROVED, Power.PUBLISH),
    Transition("supersede", "被新修订取代", states(R.PUBLISHED), R.SUPERSEDED, None),
    Transition("withdraw", "撤稿", states(R.PUBLISHED), R.WITHDRAWN, Power.PUBLISH, needs_note=True),
    Transition("take_down", "应急撤下", states(R.PUBLISHED), R.WITHDRAWN, None, needs_note=True),
    Transition("discard", "作废", states(R.DRAFT, R.RETURNED), R.DISCARDED, Power.COLLECT),
)
"""`approve` and `return_` take the power that the current review step names; REVIEW stands for it here.
`take_down` is fired by the operation that asks who may (办法第二十一条)."""
