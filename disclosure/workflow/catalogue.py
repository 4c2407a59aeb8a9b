"""有效性 of a document in the catalogue: changed, repealed, run out; never taken out of the catalogue (大庆第六条)."""

from disclosure.enums.catalogue import Cataloguer
from disclosure.enums.catalogue import Validity as V
from portal.transitions import Transition, Workflow, states

VALIDITY = Workflow.of(
    Transition("amend", "修改", states(V.IN_FORCE), V.AMENDED, Cataloguer.KEEPER, needs_note=True),
    Transition(
        "repeal", "废止", states(V.IN_FORCE, V.AMENDED), V.REPEALED, Cataloguer.KEEPER, needs_note=True
    ),
    Transition("lapse", "失效", states(V.IN_FORCE, V.AMENDED), V.LAPSED, Cataloguer.KEEPER, needs_note=True),
    Transition(
        "restore",
        "恢复有效",
        states(V.AMENDED, V.REPEALED, V.LAPSED),
        V.IN_FORCE,
        Cataloguer.KEEPER,
        needs_note=True,
    ),
)
