"""The life of a letter (福建第二十二条; 质监第十五条; 12365): received, handled or passed on, answered, closed."""

from interaction.enums.letters import LetterState as L
from interaction.enums.letters import Party
from portal.transitions import Transition, Workflow, states

LETTER = Workflow.of(
    Transition("receive", "受理", states(L.SUBMITTED), L.IN_HAND, Party.CENTRE),
    Transition("refer", "转办", states(L.IN_HAND), L.IN_HAND, Party.HANDLER, needs_note=True),
    Transition("dispute", "提请协调", states(L.IN_HAND), L.DISPUTED, Party.HANDLER, needs_note=True),
    Transition("adjudicate", "协调确定", states(L.DISPUTED), L.IN_HAND, Party.OFFICE, needs_note=True),
    Transition("submit_answer", "提交审核", states(L.IN_HAND), L.IN_REVIEW, Party.HANDLER),
    Transition("take_back", "收回修改", states(L.IN_REVIEW), L.IN_HAND, Party.HANDLER),
    Transition("return_answer", "退回", states(L.IN_REVIEW), L.IN_HAND, None),
    Transition("answer", "答复", states(L.IN_HAND), L.ANSWERED, Party.HANDLER),
    Transition("send_answer", "答复", states(L.IN_REVIEW), L.ANSWERED, None),
    Transition("close", "办结", states(L.ANSWERED), L.CLOSED, Party.HANDLER),
    Transition("reopen", "再次办理", states(L.ANSWERED, L.CLOSED), L.IN_HAND, Party.WRITER, needs_note=True),
    Transition(
        "merge", "并案", states(L.SUBMITTED, L.IN_HAND, L.DISPUTED), L.CLOSED, Party.HANDLER, needs_note=True
    ),
    Transition(
        "decline", "不予受理", states(L.SUBMITTED, L.IN_HAND), L.CLOSED, Party.CENTRE, needs_note=True
    ),
)
"""A letter whose answer needs no approval is answered at once; otherwise the last approval sends it."""
