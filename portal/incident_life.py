"""The life of a 安全事件 (办法第二十一条), and of what the safety registers hold (质监第二十一条: 整改)."""

from portal.enums import IncidentState as I
from portal.enums import Power
from portal.enums import SafetyState as S
from portal.transitions import Transition, Workflow, states

INCIDENT = Workflow.of(
    Transition("handle", "开始处置", states(I.REPORTED), I.HANDLING, Power.SYSTEM),
    Transition("close", "结案", states(I.REPORTED, I.HANDLING), I.CLOSED, Power.SYSTEM, needs_note=True),
    Transition(
        "dismiss", "确认误报", states(I.REPORTED, I.HANDLING), I.DISMISSED, Power.SYSTEM, needs_note=True
    ),
    Transition(
        "reopen", "重新处置", states(I.CLOSED, I.DISMISSED), I.HANDLING, Power.SYSTEM, needs_note=True
    ),
)
"""SYSTEM stands for 系统管理 and 安全管理 alike."""

SAFETY = Workflow.of(
    Transition("rectify", "整改完成", states(S.OPEN), S.RECTIFIED, Power.SYSTEM, needs_note=True),
    Transition("strike", "作废", states(S.KEPT, S.OPEN), S.STRUCK, Power.SYSTEM, needs_note=True),
)
