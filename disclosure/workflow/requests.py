"""The life of a request (政府信息公开条例第二十九至三十六条): registered, made clear, handled, answered, delivered."""

from disclosure.enums.requests import Party
from disclosure.enums.requests import RequestState as R
from portal.transitions import Transition, Workflow, states

REQUEST = Workflow.of(
    Transition("register", "登记", states(R.SUBMITTED), R.IN_HAND, Party.OFFICE),
    Transition("refer", "转办", states(R.IN_HAND), R.IN_HAND, Party.OFFICE, needs_note=True),
    Transition("ask_correction", "补正", states(R.IN_HAND), R.CORRECTING, Party.OFFICE, needs_note=True),
    Transition("correct", "收到补正", states(R.CORRECTING), R.IN_HAND, Party.APPLICANT),
    Transition("abandon", "视为放弃", states(R.CORRECTING, R.UNPAID), R.IN_HAND, Party.OFFICE, needs_note=True),
    Transition("charge", "收费通知", states(R.IN_HAND), R.UNPAID, Party.OFFICE),
    Transition("pay", "登记缴费", states(R.UNPAID), R.IN_HAND, Party.OFFICE),
    Transition("uncharge", "撤销收费", states(R.UNPAID), R.IN_HAND, Party.OFFICE, needs_note=True),
    Transition("submit_decision", "提交审核", states(R.IN_HAND), R.IN_REVIEW, Party.HANDLER),
    Transition("take_back", "收回修改", states(R.IN_REVIEW), R.IN_HAND, Party.HANDLER),
    Transition("return_decision", "退回", states(R.IN_REVIEW), R.IN_HAND, None),
    Transition("answer", "答复", states(R.IN_HAND, R.IN_REVIEW), R.ANSWERED, None),
    Transition("deliver", "办结", states(R.ANSWERED), R.CLOSED, Party.OFFICE),
    Transition(
        "withdraw", "撤回申请", states(R.SUBMITTED, R.IN_HAND, R.CORRECTING, R.UNPAID), R.CLOSED,
        Party.APPLICANT, needs_note=True,
    ),
)  # fmt: skip
"""What was not corrected or not paid for in time is answered too: `abandon` hands it back with that outcome drafted."""
