"""The life of a backup: asked for or due, running, then done or not; one past its time is deleted and stays on record."""

from portal.enums import BackupState as B
from portal.transitions import Transition, Workflow, states

BACKUP = Workflow.of(
    Transition("begin", "开始备份", states(B.ASKED), B.RUNNING, None),
    Transition("finish", "完成备份", states(B.RUNNING), B.DONE, None),
    Transition("fail", "记为未成功", states(B.ASKED, B.RUNNING), B.FAILED, None, needs_note=True),
    Transition("expire", "过期清理", states(B.DONE), B.EXPIRED, None),
)
