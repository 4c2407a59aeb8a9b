"""公文: drafted, sent to units, withdrawn with a reason; and each unit signs for it once."""

from disclosure.enums.dispatches import DispatchParty as P
from disclosure.enums.dispatches import DispatchState as D
from disclosure.enums.dispatches import ReceiptState as R
from portal.transitions import Transition, Workflow, states

DISPATCH = Workflow.of(
    Transition("save", "保存", states(D.DRAFT), D.DRAFT, P.SENDER),
    Transition("send", "发送", states(D.DRAFT), D.SENT, P.SENDER),
    Transition("discard", "作废", states(D.DRAFT), D.DISCARDED, P.SENDER),
    Transition("remind", "催签", states(D.SENT), D.SENT, P.SENDER),
    Transition("withdraw", "撤回", states(D.SENT), D.WITHDRAWN, P.SENDER, needs_note=True),
)
RECEIPT = Workflow.of(Transition("sign", "签收", states(R.WAITING), R.SIGNED, P.UNIT))
