"""States of grants and of update limits.

The life of a grant (石家庄第九条: 析权、授权、调整、暂停、注销; 办法第十条: 总版主同意，信息中心授权).
An update limit that a unit files for itself holds once the centre has accepted it (大庆第五条).
"""

from columns.enums import AppointmentState as A
from columns.enums import CadenceState as C
from portal.enums import Power
from portal.workflow import Transition, Workflow, states

APPOINTMENT = Workflow.of(
    Transition("consent", "同意", states(A.PROPOSED), A.CONSENTED, Power.CONSENT),
    Transition("refuse", "不同意", states(A.PROPOSED), A.REFUSED, Power.CONSENT, needs_note=True),
    Transition("execute", "授权", states(A.CONSENTED), A.IN_FORCE, Power.GRANT),
    Transition("take_back", "撤回", states(A.PROPOSED, A.CONSENTED), A.REFUSED, Power.GRANT, needs_note=True),
    Transition("suspend", "暂停", states(A.IN_FORCE), A.SUSPENDED, Power.GRANT, needs_note=True),
    Transition("resume", "恢复", states(A.SUSPENDED), A.IN_FORCE, Power.GRANT, needs_note=True),
    Transition("revoke", "注销", states(A.IN_FORCE, A.SUSPENDED), A.REVOKED, Power.GRANT, needs_note=True),
    Transition("replace", "调整", states(A.IN_FORCE, A.SUSPENDED), A.REVOKED, None),
    Transition("expire", "到期", states(A.IN_FORCE, A.SUSPENDED), A.REVOKED, None),
)
CADENCE = Workflow.of(
    Transition("accept", "备案", states(C.FILED), C.IN_FORCE, Power.INSPECT),
    Transition("refuse", "不予备案", states(C.FILED), C.REFUSED, Power.INSPECT, needs_note=True),
    Transition("end", "停用", states(C.IN_FORCE), C.ENDED, Power.INSPECT, needs_note=True),
    Transition("replace", "由新的时限取代", states(C.IN_FORCE), C.ENDED, None),
)
