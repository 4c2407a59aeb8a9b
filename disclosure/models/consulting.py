from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Q

from disclosure.enums.requests import ConsultState, ExtensionState, FeeMode, FeeState, PartyKind
from portal.fields import SealedTextField


class Consulting(models.Model):
    """征求意见: a third party or a co-author organ is asked; the request's clock stands still meanwhile (条例第三十二至
    三十四条). A third party's silence leaves the decision to the organ, a co-author organ's counts as consent."""

    request = models.ForeignKey("disclosure.DisclosureRequest", models.CASCADE, related_name="consultings")
    kind = models.CharField("对象", max_length=12, choices=PartyKind.choices)
    name = SealedTextField("名称")
    contact = SealedTextField("联系方式", blank=True)
    asks = models.TextField("征求意见的内容")
    asked_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="经办人")
    sent_on = models.DateField("发出日期")
    asked_on = models.DateField("对方收到征求意见书之日", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=ConsultState.choices, default=ConsultState.OPEN)
    answer = SealedTextField("意见及理由", blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    file = models.ForeignKey("portal.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")

    limits = GenericRelation("portal.Limit", "subject_id", "subject_type")

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = "征求意见"

    def __str__(self) -> str:
        return f"征求{self.get_kind_display()}意见"


class Extension(models.Model):
    """延期答复: once, with the approval of the head of the disclosure office, and the applicant told (条例第三十三条)."""

    request = models.ForeignKey("disclosure.DisclosureRequest", models.CASCADE, related_name="extensions")
    working_days = models.PositiveSmallIntegerField("延长（工作日）")
    reason = models.CharField("理由", max_length=200)
    state = models.CharField(
        "状态", max_length=8, choices=ExtensionState.choices, default=ExtensionState.PENDING
    )
    asked_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="申请人")
    asked_at = models.DateTimeField("申请时间")
    decided_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="批准人"
    )
    decided_at = models.DateTimeField("批准时间", null=True, blank=True)
    note = models.CharField("意见", max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["request"],
                condition=~Q(state=ExtensionState.REFUSED),
                name="one_extension_a_request",
            )
        ]
        verbose_name = verbose_name_plural = "延期答复"

    def __str__(self) -> str:
        return f"延长 {self.working_days} 个工作日"


class Fee(models.Model):
    """信息处理费 (条例第四十二条): how it was computed stays with it. Paid, the answer's clock starts anew."""

    request = models.ForeignKey("disclosure.DisclosureRequest", models.CASCADE, related_name="fees")
    mode = models.CharField("方式", max_length=8, choices=FeeMode.choices)
    number = models.PositiveIntegerField("件数或页数")
    amount = models.DecimalField("金额（元）", max_digits=10, decimal_places=2)
    explained = models.TextField("计算过程")
    state = models.CharField("状态", max_length=10, choices=FeeState.choices, default=FeeState.DUE)
    noticed_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="经办人")
    noticed_on = models.DateField("通知日期")
    due_on = models.DateField("缴费期限")
    paid_on = models.DateField("缴费日期", null=True, blank=True)
    receipt_number = models.CharField("票据号", max_length=40, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["request"], condition=Q(state=FeeState.DUE), name="one_fee_due_a_request"
            )
        ]
        verbose_name = verbose_name_plural = "信息处理费"

    def __str__(self) -> str:
        return f"{self.amount} 元"
