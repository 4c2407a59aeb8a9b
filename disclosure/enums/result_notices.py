"""Choices of 办理公示 (石家庄第二十三、二十四条)."""

from django.db.models import TextChoices


class NoticeState(TextChoices):
    DRAFT = "DRAFT", "待发布"
    PUBLIC = "PUBLIC", "已公示"
    WITHDRAWN = "WITHDRAWN", "已撤下"


class Handled(TextChoices):
    """办理结果."""

    GRANTED = "GRANTED", "准予许可"
    RECORDED = "RECORDED", "已备案"
    DONE = "DONE", "已办结"
    DENIED = "DENIED", "不予许可"
    ENDED = "ENDED", "终止办理"


class NoticeParty(TextChoices):
    ENTRANT = "entrant", "责任部门"
    PUBLISHER = "publisher", "发布人员"
