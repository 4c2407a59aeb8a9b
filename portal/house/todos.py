"""运行监控 and 日志 in the rail, for those they are for."""

from portal.house import rules
from portal.todos import Place, register_places

register_places(
    Place("operations", "运行监控", 80, "desk:operations", rules.may_look, group="安全与运行"),
    Place("logs", "日志导出", 83, "desk:logs", rules.may_export, group="安全与运行"),
)
