"""The life of a 答卷: sat, handed in by the person or collected when its time is over; the proctor may give time."""

from interaction.enums.exams import AttemptState as A
from interaction.enums.exams import ExamParty
from portal.enums import Power
from portal.transitions import Transition, Workflow, states

ATTEMPT = Workflow.of(
    Transition("hand_in", "交卷", states(A.RUNNING), A.HANDED_IN, ExamParty.SITTER),
    Transition("collect", "收卷", states(A.RUNNING), A.HANDED_IN, None),
    Transition("give_time", "加时", states(A.RUNNING), A.RUNNING, Power.PUBLISH, needs_note=True),
    Transition("reopen", "恢复答题", states(A.HANDED_IN), A.RUNNING, Power.PUBLISH, needs_note=True),
)
