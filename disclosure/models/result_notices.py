from django.db import models
from django.db.models import Q
from django.urls import reverse

from disclosure.enums.result_notices import Handled, NoticeState
from disclosure.workflow.result_notices import NOTICE


class ResultNotice(models.Model):
    """办理公示: what became of an application. Only the masked name is ever stored; nothing unmasked can be shown."""

    site = models.ForeignKey(
        "portal.Site", models.PROTECT, related_name="result_notices", verbose_name="站点"
    )
    item = models.ForeignKey(
        "disclosure.ServiceItem", models.PROTECT, related_name="result_notices", verbose_name="事项"
    )
    department = models.ForeignKey(
        "portal.Department", models.PROTECT, related_name="+", verbose_name="办理部门"
    )
    pre_review = models.OneToOneField(
        "disclosure.PreReview",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="result",
        verbose_name="网上预审",
    )
    number = models.CharField("办件编号", max_length=40)
    applicant = models.CharField("申请人", max_length=80)
    result = models.CharField("办理结果", max_length=10, choices=Handled.choices)
    remark = models.CharField("说明", max_length=200, blank=True)
    decided_on = models.DateField("办结日期")

    state = models.CharField("状态", max_length=10, choices=NoticeState.choices, default=NoticeState.DRAFT)
    entered_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="录入人")
    entered_at = models.DateTimeField("录入时间")
    published_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="发布人"
    )
    published_at = models.DateTimeField("公示时间", null=True, blank=True)

    workflow = NOTICE

    class Meta:
        ordering = ["-decided_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "number"],
                condition=~Q(state=NoticeState.WITHDRAWN),
                name="result_number_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["site", "-decided_on", "-id"],
                condition=Q(state=NoticeState.PUBLIC),
                name="result_public_list",
            ),
            models.Index(fields=["site", "state", "-id"], name="result_state"),
        ]
        verbose_name = verbose_name_plural = "办理公示"

    def __str__(self) -> str:
        return f"办件 {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("desk:result_notice", args=[self.pk])
