"""Whether an opinion is shown to readers: looked over first, taken off again with a reason, never deleted."""

from interaction.enums.consultations import OpinionState as O
from portal.enums import Power
from portal.transitions import Transition, Workflow, states

OPINION = Workflow.of(
    Transition("show", "公开", states(O.WAITING, O.HELD), O.SHOWN, Power.PUBLISH),
    Transition("hold", "不公开", states(O.WAITING, O.SHOWN), O.HELD, Power.PUBLISH, needs_note=True),
)
