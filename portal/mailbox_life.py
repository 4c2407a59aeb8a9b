"""The life of an official mailbox (慈溪第十八、十九条: 申请、发放、更改、注销; 信息中心 opens, keeps and closes)."""

from portal.enums import MailboxParty as Party
from portal.enums import MailboxState as M
from portal.enums import Power
from portal.transitions import Transition, Workflow, states

MAILBOX = Workflow.of(
    Transition("issue", "发放", states(M.APPLIED), M.ISSUED, Power.SYSTEM),
    Transition("refuse", "不予发放", states(M.APPLIED), M.REFUSED, Power.SYSTEM, needs_note=True),
    Transition("withdraw", "撤回申请", states(M.APPLIED), M.WITHDRAWN, Party.OWNER),
    Transition("ask_change", "申请更改", states(M.ISSUED), M.CHANGING, Party.OWNER, needs_note=True),
    Transition("change", "变更", states(M.CHANGING), M.ISSUED, Power.SYSTEM),
    Transition("refuse_change", "不予变更", states(M.CHANGING), M.ISSUED, Power.SYSTEM, needs_note=True),
    Transition("ask_cancel", "申请注销", states(M.ISSUED), M.CLOSING, Party.OWNER, needs_note=True),
    Transition("cancel", "注销", states(M.CLOSING), M.CANCELLED, Power.SYSTEM),
    Transition("refuse_cancel", "不予注销", states(M.CLOSING), M.ISSUED, Power.SYSTEM, needs_note=True),
    Transition("recall", "撤回", states(M.CHANGING, M.CLOSING), M.ISSUED, Party.OWNER),
    Transition("correct", "更正", states(M.ISSUED), M.ISSUED, Power.SYSTEM, needs_note=True),
    Transition("strike", "撤销", states(M.ISSUED, M.CHANGING), M.CANCELLED, Power.SYSTEM, needs_note=True),
)
"""`correct` and `strike` are 信息中心's own acts without a request: a slip of the pen, a person who left."""
