"""A round is open, public, sealed; an objection is answered once."""

from assessment.enums.scores import ObjectionState as O
from assessment.enums.scores import RoundState as R
from portal.enums import Power
from portal.transitions import Transition, Workflow, states

ROUND = Workflow.of(
    Transition("publish", "公布", states(R.OPEN), R.PUBLISHED, Power.INSPECT),
    Transition("freeze", "封存", states(R.PUBLISHED), R.FROZEN, None),
)
OBJECTION = Workflow.of(
    Transition("uphold", "异议成立", states(O.RAISED), O.UPHELD, Power.INSPECT, needs_note=True),
    Transition("reject", "维持原分", states(O.RAISED), O.REJECTED, Power.INSPECT, needs_note=True),
)
