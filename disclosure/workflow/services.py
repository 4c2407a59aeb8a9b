"""The life of a service item, and of each version of its guide: drafted, approved by another, in force, replaced."""

from disclosure.enums.services import GuideState as G
from disclosure.enums.services import ItemState as I
from disclosure.enums.services import ServiceParty as P
from portal.transitions import Transition, Workflow, states

ITEM = Workflow.of(
    Transition("open", "开始办理", states(I.DRAFT), I.IN_FORCE, None),
    Transition("suspend", "暂停办理", states(I.IN_FORCE), I.SUSPENDED, P.PUBLISHER, needs_note=True),
    Transition("resume", "恢复办理", states(I.SUSPENDED), I.IN_FORCE, P.PUBLISHER),
    Transition(
        "retire",
        "取消事项",
        states(I.DRAFT, I.IN_FORCE, I.SUSPENDED),
        I.RETIRED,
        P.PUBLISHER,
        needs_note=True,
    ),
)
"""An item opens with the first version of its guide that is approved."""

GUIDE = Workflow.of(
    Transition("submit", "提交审核", states(G.DRAFT, G.RETURNED), G.IN_REVIEW, P.WRITER),
    Transition("approve", "发布", states(G.IN_REVIEW), G.IN_FORCE, P.PUBLISHER),
    Transition("return_", "退回", states(G.IN_REVIEW), G.RETURNED, P.PUBLISHER, needs_note=True),
    Transition("recall", "收回修改", states(G.IN_REVIEW), G.DRAFT, P.WRITER),
    Transition("discard", "作废", states(G.DRAFT, G.RETURNED), G.DISCARDED, P.WRITER),
    Transition("replace", "被新版代替", states(G.IN_FORCE), G.REPLACED, None),
    Transition("drop", "随事项作废", states(G.DRAFT, G.IN_REVIEW, G.RETURNED), G.DISCARDED, None),
)
