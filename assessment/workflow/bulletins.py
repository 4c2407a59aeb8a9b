"""A bulletin is drafted, issued, and taken back with a reason."""

from assessment.enums.bulletins import BulletinState as B
from portal.enums import Power
from portal.transitions import Transition, Workflow, states

BULLETIN = Workflow.of(
    Transition("save", "保存", states(B.DRAFT), B.DRAFT, Power.INSPECT),
    Transition("issue", "印发", states(B.DRAFT), B.ISSUED, Power.INSPECT),
    Transition("withdraw", "撤回", states(B.ISSUED), B.WITHDRAWN, Power.INSPECT, needs_note=True),
)
