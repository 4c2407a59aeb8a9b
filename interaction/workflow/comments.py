"""The life of a comment (办法第十三条、第十五条: 用户信息经版主审查发布)."""

from interaction.enums.comments import CommentState as C
from portal.enums import Power
from portal.transitions import Transition, Workflow, states

COMMENT = Workflow.of(
    Transition("publish", "同意发布", states(C.PENDING), C.PUBLISHED, Power.PUBLISH),
    Transition("refuse", "不予发布", states(C.PENDING), C.REFUSED, Power.PUBLISH, needs_note=True),
    Transition("withdraw", "撤下", states(C.PUBLISHED), C.WITHDRAWN, Power.PUBLISH, needs_note=True),
)
