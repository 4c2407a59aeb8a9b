"""The life of a question (办法第十四条第2项、第十五条; 实施意见三（二）: 答复法制园地的提问)."""

from interaction.enums.questions import QuestionState as Q
from portal.enums import Power
from portal.transitions import Transition, Workflow, states

QUESTION = Workflow.of(
    Transition("refer", "转办", states(Q.ASKED, Q.REFERRED), Q.REFERRED, Power.ANSWER, needs_note=True),
    Transition("answered", "答复发布", states(Q.ASKED, Q.REFERRED), Q.ANSWERED, None),
    Transition("refuse", "不予答复", states(Q.ASKED, Q.REFERRED), Q.REFUSED, Power.ANSWER, needs_note=True),
    Transition("close", "办结", states(Q.ANSWERED), Q.CLOSED, Power.ANSWER),
)
"""The answer travels a route of its own; when that ends, the portal moves the question on."""
