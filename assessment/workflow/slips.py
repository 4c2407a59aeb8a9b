"""Reminders, the lists they lead to, and what must be put right."""

from assessment.enums.slips import MentionState as M
from assessment.enums.slips import RectificationState as R
from assessment.enums.slips import SlipState as S
from portal.enums import Power
from portal.transitions import Transition, Workflow, states

SLIP = Workflow.of(
    Transition("acknowledge", "签收", states(S.ISSUED), S.ISSUED, Power.COLLECT),
    Transition("excuse", "不予追究", states(S.ISSUED, S.LAPSED), S.EXCUSED, Power.INSPECT, needs_note=True),
    Transition("drop", "不再适用", states(S.ISSUED), S.EXCUSED, None),
    Transition("improve", "已改进", states(S.ISSUED), S.IMPROVED, None),
    Transition("lapse", "逾期", states(S.ISSUED), S.LAPSED, None),
)
MENTION = Workflow.of(
    Transition("confirm", "列入通报", states(M.LISTED, M.STRUCK), M.CONFIRMED, Power.INSPECT),
    Transition("strike", "不列入", states(M.LISTED, M.CONFIRMED), M.STRUCK, Power.INSPECT, needs_note=True),
)
RECTIFICATION = Workflow.of(
    Transition("report", "报告整改", states(R.ORDERED), R.REPORTED, Power.COLLECT, needs_note=True),
    Transition("accept", "复查通过", states(R.REPORTED), R.ACCEPTED, Power.INSPECT),
    Transition("return_", "退回", states(R.REPORTED), R.ORDERED, Power.INSPECT, needs_note=True),
    Transition("cancel", "撤销", states(R.ORDERED, R.REPORTED), R.CANCELLED, Power.INSPECT, needs_note=True),
)
