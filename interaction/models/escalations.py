from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse


class Escalation(models.Model):
    """重大问题报告 (办法第十七条): put before the department's head and 总版主, who both see it until it is closed."""

    site = models.ForeignKey("portal.Site", models.PROTECT, related_name="+", verbose_name="站点")
    subject_type = models.ForeignKey(ContentType, models.PROTECT)
    subject_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    department = models.ForeignKey(
        "portal.Department", models.PROTECT, null=True, related_name="+", verbose_name="部门"
    )
    reason = models.TextField("重大之处")
    reported_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="报告人")
    reported_at = models.DateTimeField("报告时间")
    conclusion = models.TextField("处理结论", blank=True)
    closed_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="了结人"
    )
    closed_at = models.DateTimeField("了结时间", null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id"], condition=Q(closed_at=None), name="one_open_escalation"
            )
        ]
        verbose_name = verbose_name_plural = "重大问题报告"

    def __str__(self) -> str:
        return f"重大问题：{self.subject}"

    def get_absolute_url(self) -> str:
        return reverse("desk:escalation", args=[self.pk])
