"""The life of an answer: drafted, shown to those who approve it, sent."""

from interaction.enums.letters import AnswerState as A
from interaction.enums.letters import Party
from portal.transitions import Transition, Workflow, states

ANSWER = Workflow.of(
    Transition("submit", "提交审核", states(A.DRAFT, A.RETURNED), A.IN_REVIEW, Party.HANDLER),
    Transition("approve", "同意", states(A.IN_REVIEW), A.IN_REVIEW, Party.APPROVER),
    Transition("return_", "退回", states(A.IN_REVIEW), A.RETURNED, Party.APPROVER, needs_note=True),
    Transition("recall", "收回修改", states(A.IN_REVIEW), A.DRAFT, Party.HANDLER),
    Transition("send", "答复", states(A.DRAFT, A.RETURNED, A.IN_REVIEW), A.SENT, None),
    Transition("discard", "作废", states(A.DRAFT, A.RETURNED, A.IN_REVIEW), A.DISCARDED, None),
)
