"""The foundation's own rows of what is watched (portal.watch); other parts register theirs."""

from portal.enums import IncidentKind
from portal.house import duties, machine, queues, sweeps
from portal.watch import Check, register

register(
    Check("sweeps", "定时任务", 10, sweeps.read),
    Check("tasks", "任务排队", 11, queues.read_tasks),
    Check("mail", "消息邮件", 12, queues.read_mail),
    Check("parts", "缓存与队列", 13, machine.parts, incident=IncidentKind.OUTAGE),
    Check("disk", "磁盘", 20, machine.disk, incident=IncidentKind.OUTAGE),
    Check("database", "数据库", 21, machine.database),
    Check("clock", "时钟", 22, machine.clocks),
    Check("version", "版本", 23, machine.tables),
    Check("certificate", "证书", 24, machine.certificate),
    Check("incidents", "安全事件", 40, duties.incidents),
    Check("posting", "网上互动", 41, duties.posting),
    Check("patrols", "人工巡查", 42, duties.patrols),
    Check("plan", "应急预案", 43, duties.plan),
)
