"""Choices of 公文签收 (石家庄第二十五条)."""

from django.db.models import TextChoices


class DispatchState(TextChoices):
    DRAFT = "DRAFT", "拟稿"
    SENT = "SENT", "已发"
    WITHDRAWN = "WITHDRAWN", "已撤回"
    DISCARDED = "DISCARDED", "已作废"


class ReceiptState(TextChoices):
    WAITING = "WAITING", "未签收"
    SIGNED = "SIGNED", "已签收"


class Priority(TextChoices):
    """紧急程度 (党政机关公文处理工作条例第九条)."""

    ORDINARY = "ORDINARY", "平件"
    URGENT = "URGENT", "加急"
    VERY_URGENT = "VERY_URGENT", "特急"


class Standing(TextChoices):
    """How one unit stands with one dispatch; derived, never stored."""

    LATE = "late", "逾期未签收"
    UNREAD = "unread", "未读"
    READ = "read", "已读未签收"
    SIGNED = "signed", "已签收"
    SIGNED_LATE = "signed_late", "逾期签收"
    CLOSED = "closed", "单位已撤并"


class DispatchParty(TextChoices):
    """Who makes a move: not a power alone, but where they stand."""

    SENDER = "sender", "发文人员"
    UNIT = "unit", "签收单位人员"
