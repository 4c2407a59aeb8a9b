"""Inspections, violations and contests."""

from django.db.models import TextChoices


class InspectionState(TextChoices):
    PLANNED = "PLANNED", "计划中"
    UNDER_WAY = "UNDER_WAY", "检查中"
    DONE = "DONE", "已结束"
    CALLED_OFF = "CALLED_OFF", "已取消"


class CheckResult(TextChoices):
    PENDING = "PENDING", "未查"
    GOOD = "GOOD", "合格"
    FAULT = "FAULT", "有问题"
    NOT_APPLICABLE = "NOT_APPLICABLE", "不适用"


class ViolationState(TextChoices):
    RECORDED = "RECORDED", "已记录"
    STRUCK = "STRUCK", "已撤销"


class ContestKind(TextChoices):
    """办法第二十三条."""

    SITE = "SITE", "最佳网站"
    COLUMN = "COLUMN", "最佳栏目"
    MODERATOR = "MODERATOR", "优秀版主"


class ContestState(TextChoices):
    DRAFT = "DRAFT", "筹备中"
    DECIDED = "DECIDED", "已评定"
    PUBLISHED = "PUBLISHED", "已公布"
