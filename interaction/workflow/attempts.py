"""The life of a 答卷: sat, handed in by the person or collected when its time is over; the proctor may give time."""

from interaction.enums.exams import AttemptState as A
from portal.enums import Power
from portal.transitions import Transition, Workflow, states

OWN = "own"
"""What it takes where no power is needed: the paper is the person's own."""

ATTEMPT = Workflow.of(
    Transition("hand_in", "交卷", states(A.RUNNING), A.HANDED_IN, OWN),
    Transition("collect", "收卷", states(A.RUNNING), A.HANDED_IN, None),
    Transition("give_time", "加时", states(A.RUNNING), A.RUNNING, Power.PUBLISH, needs_note=True),
    Transition("reopen", "恢复答题", states(A.HANDED_IN), A.RUNNING, Power.PUBLISH, needs_note=True),
)
