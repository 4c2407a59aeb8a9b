"""The foundation's choices, with the words people read."""

from django.db.models import TextChoices


class DepartmentKind(TextChoices):
    BUREAU = "BUREAU", "市局"
    SUB_BUREAU = "SUB_BUREAU", "分局"
    SECTION = "SECTION", "科室"
    OFFICE = "OFFICE", "工商所"


class Palette(TextChoices):
    INDIGO = "indigo", "黛蓝"
    VERMILION = "vermilion", "朱红"
    PINE = "pine", "松绿"
    OCHRE = "ochre", "赭石"


class FileKind(TextChoices):
    PICTURE = "PICTURE", "图片"
    DOCUMENT = "DOCUMENT", "文档"


class NetworkPurpose(TextChoices):
    """What a registered address is for (石家庄第三十一条)."""

    ADMIN = "ADMIN", "管理网段"
    IMPORT_STATION = "IMPORT_STATION", "专机导入站"


class Audience(TextChoices):
    """Who is shown a link of the single entrance."""

    EVERYONE = "EVERYONE", "所有人"
    STAFF = "STAFF", "登录人员"


class NoticeKind(TextChoices):
    TODO = "TODO", "待办"
    RESULT = "RESULT", "结果"
    SYSTEM = "SYSTEM", "系统"


class LockKind(TextChoices):
    """What too many failed sign-ins lock."""

    ACCOUNT = "ACCOUNT", "工号"
    ADDRESS = "ADDRESS", "地址"


class PasswordDue(TextChoices):
    """Why a password must be changed before work goes on."""

    INITIAL = "INITIAL", "您现在用的是别人为您设的初始密码，请先换成只有自己知道的密码，再继续工作。"
    EXPIRED = "EXPIRED", "您的密码已超过规定的使用期限，请先换一个新密码，再继续工作。"


class Ending(TextChoices):
    """How a 登录会话 came to its end."""

    SIGNED_OUT = "SIGNED_OUT", "退出"
    IDLE = "IDLE", "无操作超时"
    FULL = "FULL", "登录时间已满"
    BY_OWNER = "BY_OWNER", "被本人结束"
    PASSWORD = "PASSWORD", "密码修改"
    LOST = "LOST", "挂失"
    BY_ADMINISTRATOR = "BY_ADMINISTRATOR", "管理员结束"


class Urgency(TextChoices):
    """How a limit stands; derived, never stored."""

    OK = "ok", "正常"
    AMBER = "amber", "将到期"
    RED = "red", "已逾期"


class Stage(TextChoices):
    """Which reminder a running limit is due for; derived, never stored."""

    HALF = "half", "时限已过半"
    DAY_BEFORE = "day_before", "还有一个工作日到期"
    DUE = "due", "今天到期"
    OVERDUE = "overdue", "已逾期"


class Power(TextChoices):
    """What a person may be granted on a column or a whole site (石家庄第九条: 按需授权)."""

    COLLECT = "collect", "采集"
    REVIEW = "review", "审核"
    SIGN = "sign", "签发"
    PUBLISH = "publish", "发布"
    ANSWER = "answer", "答复"
    INSPECT = "inspect", "检查"
    GRANT = "grant", "授权"
    MANAGE = "manage", "栏目管理"
    CONSENT = "consent", "同意授权"
    SYSTEM = "system", "系统管理"
    SECURITY = "security", "安全管理"
    AUDIT = "audit", "审计"


SEES_WORK = (
    Power.COLLECT, Power.REVIEW, Power.SIGN, Power.PUBLISH, Power.INSPECT, Power.MANAGE, Power.AUDIT,
)  # fmt: skip
"""Whoever holds one of these on a column sees what is being written for it. Granting and keeping the house do not."""

THREE_ADMINISTRATORS = (Power.SYSTEM, Power.SECURITY, Power.AUDIT)
"""三员: nobody holds two of these (GB/T 22239-2019 安全管理中心)."""


class MailboxKind(TextChoices):
    """慈溪第十八条: units have a 单位邮箱, civil servants a 个人邮箱."""

    UNIT = "UNIT", "单位邮箱"
    PERSONAL = "PERSONAL", "个人邮箱"


class MailboxState(TextChoices):
    """The life of an official mailbox (慈溪第十九条: 申请、发放、更改、注销)."""

    APPLIED = "APPLIED", "申请中"
    ISSUED = "ISSUED", "使用中"
    CHANGING = "CHANGING", "申请更改"
    CLOSING = "CLOSING", "申请注销"
    REFUSED = "REFUSED", "不予发放"
    WITHDRAWN = "WITHDRAWN", "已撤回"
    CANCELLED = "CANCELLED", "已注销"


MAILBOX_IN_USE = (MailboxState.ISSUED, MailboxState.CHANGING, MailboxState.CLOSING)
"""Letters arrive there: the address is published and belongs to nobody else."""

MAILBOX_WAITING = (MailboxState.APPLIED, MailboxState.CHANGING, MailboxState.CLOSING)
"""A request waits for 系统管理员."""

MAILBOX_LIVE = (MailboxState.APPLIED, *MAILBOX_IN_USE)
"""一一对应 (慈溪第十九条): a person or a unit has one of these at most."""


class MailboxParty(TextChoices):
    """Who asks, where no power is needed: the person of a 个人邮箱, anyone of the unit of a 单位邮箱."""

    OWNER = "owner", "本人或本单位"


class IncidentKind(TextChoices):
    """What befalls a site (办法第二十一条: 遭受攻击、破坏或篡改等安全事故或出现色情、反动等不法信息)."""

    ATTACK = "ATTACK", "遭受攻击"
    DAMAGE = "DAMAGE", "遭受破坏"
    TAMPER = "TAMPER", "内容被篡改"
    ILLEGAL = "ILLEGAL", "出现不法信息"
    VIRUS = "VIRUS", "发现病毒"
    LEAK = "LEAK", "信息泄露"
    BACKUP = "BACKUP", "备份失败"
    OUTAGE = "OUTAGE", "运行故障"
    OTHER = "OTHER", "其他"


TO_THE_POLICE = (IncidentKind.ATTACK, IncidentKind.DAMAGE, IncidentKind.TAMPER, IncidentKind.ILLEGAL)
"""Of these the regulation says: 并向公安机关报案."""


class Severity(TextChoices):
    ORDINARY = "ORDINARY", "一般"
    SERIOUS = "SERIOUS", "较大"
    GRAVE = "GRAVE", "重大"


class IncidentState(TextChoices):
    REPORTED = "REPORTED", "待处置"
    HANDLING = "HANDLING", "处置中"
    CLOSED = "CLOSED", "已结案"
    DISMISSED = "DISMISSED", "误报"


INCIDENT_OPEN = (IncidentState.REPORTED, IncidentState.HANDLING)
"""Somebody still has to do something about it."""


class SafetyKind(TextChoices):
    """What the safety registers hold (质监第十八至二十一条)."""

    PATROL = "PATROL", "巡查"
    DRILL = "DRILL", "演练"
    RISK = "RISK", "风险评估"
    PLAN = "PLAN", "应急预案"


class SafetyState(TextChoices):
    """A record that found nothing to put right is KEPT."""

    KEPT = "KEPT", "在册"
    OPEN = "OPEN", "待整改"
    RECTIFIED = "RECTIFIED", "已整改"
    STRUCK = "STRUCK", "已作废"


class Health(TextChoices):
    """How a part of the house is: amber comes before red."""

    OK = "ok", "正常"
    AMBER = "amber", "注意"
    RED = "red", "须处理"


class BackupKind(TextChoices):
    """What a backup holds (办法第二十条第4项); the words are those of the command `backup`."""

    FULL = "full", "全面备份"
    INCREMENTAL = "incremental", "增量备份"
    SYSTEM = "system", "系统备份"
    ARCHIVE = "archive", "光盘归档"


WHOLE_BACKUPS = (BackupKind.FULL, BackupKind.INCREMENTAL)
"""The portal is set up again from one of these; an archive lies on discs, a 系统备份 holds no data."""


class BackupState(TextChoices):
    """The life of a backup: only one that is DONE was verified and counts."""

    ASKED = "ASKED", "等待开始"
    RUNNING = "RUNNING", "进行中"
    DONE = "DONE", "已完成"
    FAILED = "FAILED", "未成功"
    EXPIRED = "EXPIRED", "已过保存期"
