"""The life of an answer to a request: drafted, approved along a route, sent (石家庄第二十一条)."""

from disclosure.enums.decisions import DecisionState as D
from disclosure.enums.requests import Party
from portal.transitions import Transition, Workflow, states

DECISION = Workflow.of(
    Transition("submit", "提交审核", states(D.DRAFT, D.RETURNED), D.IN_REVIEW, Party.HANDLER),
    Transition("approve", "同意", states(D.IN_REVIEW), D.IN_REVIEW, Party.APPROVER),
    Transition("return_", "退回", states(D.IN_REVIEW), D.RETURNED, Party.APPROVER, needs_note=True),
    Transition("recall", "收回修改", states(D.IN_REVIEW), D.DRAFT, Party.HANDLER),
    Transition("send", "答复", states(D.DRAFT, D.RETURNED, D.IN_REVIEW), D.SENT, None),
    Transition("discard", "作废", states(D.DRAFT, D.RETURNED, D.IN_REVIEW), D.DISCARDED, None),
)
