"""States of texts, with the words people read."""

from django.db.models import TextChoices


class ArticleState(TextChoices):
    """What readers have: nothing yet, the live page, or a withdrawn one."""

    NEW = "NEW", "未发布"
    LIVE = "LIVE", "已发布"
    WITHDRAWN = "WITHDRAWN", "已撤稿"


class RevisionState(TextChoices):
    DRAFT = "DRAFT", "草稿"
    IN_REVIEW = "IN_REVIEW", "审核中"
    RETURNED = "RETURNED", "已退回"
    APPROVED = "APPROVED", "待发布"
    SCHEDULED = "SCHEDULED", "定时待发"
    PUBLISHED = "PUBLISHED", "已发布"
    SUPERSEDED = "SUPERSEDED", "已更新"
    WITHDRAWN = "WITHDRAWN", "已撤稿"
    DISCARDED = "DISCARDED", "已作废"


OPEN_STATES = (
    RevisionState.DRAFT,
    RevisionState.IN_REVIEW,
    RevisionState.RETURNED,
    RevisionState.APPROVED,
    RevisionState.SCHEDULED,
)
EDITABLE_STATES = (RevisionState.DRAFT, RevisionState.RETURNED)


class Severity(TextChoices):
    BLOCK = "block", "须改正"
    WARN = "warn", "请留意"
