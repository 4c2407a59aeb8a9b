"""Inspections, violations, contests."""

from assessment.enums.inspections import ContestState as C
from assessment.enums.inspections import InspectionState as I
from assessment.enums.inspections import ViolationState as V
from portal.enums import Power
from portal.transitions import Transition, Workflow, states

INSPECTION = Workflow.of(
    Transition("begin", "开始检查", states(I.PLANNED), I.UNDER_WAY, Power.INSPECT),
    Transition("end", "结束检查", states(I.UNDER_WAY), I.DONE, Power.INSPECT),
    Transition("call_off", "取消", states(I.PLANNED), I.CALLED_OFF, Power.INSPECT, needs_note=True),
)
VIOLATION = Workflow.of(
    Transition("strike", "撤销", states(V.RECORDED), V.STRUCK, Power.INSPECT, needs_note=True),
)
CONTEST = Workflow.of(
    Transition("decide", "评定", states(C.DRAFT, C.DECIDED), C.DECIDED, Power.INSPECT),
    Transition("publish", "公布", states(C.DECIDED), C.PUBLISHED, Power.INSPECT),
)
