"""Whether a question reaches the host of an interview: accepted or refused, each may be thought over again."""

from interaction.enums.interviews import QuestionState as Q
from portal.enums import Power
from portal.transitions import Transition, Workflow, states

INTERVIEW_QUESTION = Workflow.of(
    Transition("accept", "采用", states(Q.WAITING, Q.REFUSED), Q.ACCEPTED, Power.PUBLISH),
    Transition("refuse", "不采用", states(Q.WAITING, Q.ACCEPTED), Q.REFUSED, Power.PUBLISH, needs_note=True),
)
