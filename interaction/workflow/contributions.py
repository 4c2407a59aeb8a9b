"""The life of a contribution (办法第十四条第2项: 在线投稿)."""

from interaction.enums.contributions import ContributionState as C
from interaction.enums.contributions import Party
from portal.enums import Power
from portal.transitions import Transition, Workflow, states

CONTRIBUTION = Workflow.of(
    Transition("adopt", "采用", states(C.SUBMITTED), C.ADOPTED, Power.PUBLISH),
    Transition("refuse", "不予采用", states(C.SUBMITTED), C.REFUSED, Power.PUBLISH, needs_note=True),
    Transition("withdraw", "撤回", states(C.SUBMITTED), C.WITHDRAWN, Party.AUTHOR),
)
"""`adopt` takes the power to collect as well: what is adopted becomes a draft of whoever adopts it."""
