from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class Limit(models.Model):
    """时限: one running clock of one thing. `due_at` is stored with how it was computed; overdue is derived."""

    subject_type = models.ForeignKey(ContentType, models.CASCADE)
    subject_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    label = models.CharField("事项", max_length=80)
    clause = models.CharField("依据", max_length=120)
    owner = models.ForeignKey(
        "portal.User", models.SET_NULL, null=True, blank=True, related_name="limits", verbose_name="责任人"
    )
    working_days = models.PositiveSmallIntegerField("工作日")
    started_at = models.DateTimeField("起算")
    due_at = models.DateTimeField("到期", db_index=True)
    computed = models.JSONField("推算过程", default=dict)
    met_at = models.DateTimeField("办结", null=True, blank=True)

    class Meta:
        ordering = ["due_at"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="limit_subject"),
            models.Index(
                fields=["subject_type", "due_at"], condition=models.Q(met_at=None), name="limit_running"
            ),
        ]
        verbose_name = verbose_name_plural = "时限"

    def __str__(self) -> str:
        return f"{self.label}（{self.working_days} 个工作日）"


class LimitPause(models.Model):
    """A span that does not count, with clause, reason and who."""

    limit = models.ForeignKey(Limit, models.CASCADE, related_name="pauses")
    started_at = models.DateTimeField("暂停")
    ended_at = models.DateTimeField("恢复", null=True, blank=True)
    clause = models.CharField("依据", max_length=120)
    reason = models.CharField("原因", max_length=200)
    document = models.CharField("批准文件", max_length=120, blank=True)
    by = models.ForeignKey("portal.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["started_at"]
        verbose_name = verbose_name_plural = "时限暂停"

    def __str__(self) -> str:
        return self.reason


class LimitExtension(models.Model):
    """延期: working days added, with clause, reason and who approved."""

    limit = models.ForeignKey(Limit, models.CASCADE, related_name="extensions")
    working_days = models.PositiveSmallIntegerField("延长工作日")
    clause = models.CharField("依据", max_length=120)
    reason = models.CharField("原因", max_length=200)
    document = models.CharField("批准文件", max_length=120, blank=True)
    by = models.ForeignKey("portal.User", models.PROTECT, related_name="+")
    at = models.DateTimeField("批准时间")

    class Meta:
        ordering = ["at"]
        verbose_name = verbose_name_plural = "时限延长"

    def __str__(self) -> str:
        return f"延长 {self.working_days} 个工作日"
