"""The life of an annual report (条例第四十九、五十条): put together, offered, issued for good."""

from disclosure.enums.reports import ReportState as R
from disclosure.enums.requests import Party
from portal.enums import Power
from portal.transitions import Transition, Workflow, states

REPORT = Workflow.of(
    Transition("save", "保存", states(R.DRAFT), R.DRAFT, Party.OFFICE),
    Transition("offer", "提请签发", states(R.DRAFT), R.OFFERED, Party.OFFICE),
    Transition("take_back", "收回修改", states(R.OFFERED), R.DRAFT, Party.OFFICE),
    Transition("return_", "退回", states(R.OFFERED), R.DRAFT, Power.SIGN, needs_note=True),
    Transition("issue", "签发", states(R.OFFERED), R.ISSUED, Power.SIGN),
)
