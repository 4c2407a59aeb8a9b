"""The life of a notice of results: entered by the department, published by another, taken down with a reason."""

from disclosure.enums.result_notices import NoticeParty as P
from disclosure.enums.result_notices import NoticeState as N
from portal.transitions import Transition, Workflow, states

NOTICE = Workflow.of(
    Transition("publish", "发布", states(N.DRAFT), N.PUBLIC, P.PUBLISHER),
    Transition("discard", "不予公示", states(N.DRAFT), N.WITHDRAWN, P.PUBLISHER, needs_note=True),
    Transition("withdraw", "撤下", states(N.PUBLIC), N.WITHDRAWN, P.PUBLISHER, needs_note=True),
)
