from django.db import models
from django.db.models import Q
from django.urls import reverse

from disclosure.enums.dispatches import DispatchState, Priority, ReceiptState
from disclosure.workflow.dispatches import DISPATCH, RECEIPT
from portal.models import Site


class Dispatch(models.Model):
    """公文: sent by the office to units, which sign for it online (石家庄第二十五条)."""

    site = models.ForeignKey("portal.Site", models.PROTECT, related_name="dispatches", verbose_name="站点")
    issuer = models.ForeignKey("portal.Department", models.PROTECT, related_name="+", verbose_name="发文部门")
    title = models.CharField("标题", max_length=120)
    document_number = models.CharField("文号", max_length=60, blank=True)
    text = models.TextField("正文", blank=True)
    priority = models.CharField(
        "紧急程度", max_length=12, choices=Priority.choices, default=Priority.ORDINARY
    )
    sign_by = models.DateField("签收期限")
    state = models.CharField(
        "状态", max_length=10, choices=DispatchState.choices, default=DispatchState.DRAFT
    )
    version = models.PositiveIntegerField("保存次数", default=1)
    drafted_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="拟稿人")
    drafted_at = models.DateTimeField("拟稿时间")
    sent_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="发送人"
    )
    sent_at = models.DateTimeField("发送时间", null=True, blank=True)
    reminded_at = models.DateTimeField("最近催签", null=True, blank=True)
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)
    withdrawn_why = models.CharField("撤回理由", max_length=200, blank=True)

    workflow = DISPATCH

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["site", "-id"], name="dispatch_list"),
            models.Index(fields=["sign_by"], condition=Q(state=DispatchState.SENT), name="dispatch_due"),
        ]
        verbose_name = verbose_name_plural = "公文"

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("desk:dispatch", args=[self.pk])


class DispatchFile(models.Model):
    """附件 of a dispatch: read by whoever may read it."""

    dispatch = models.ForeignKey(Dispatch, models.CASCADE, related_name="files")
    file = models.OneToOneField("portal.StoredFile", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = "公文附件"

    def __str__(self) -> str:
        return self.file.name


class Receipt(models.Model):
    """签收 of one unit: when somebody of it first read the dispatch, and who signed for it, in whose place.

    `unit_name` is what the unit was called when the dispatch was sent.
    """

    dispatch = models.ForeignKey(Dispatch, models.CASCADE, related_name="receipts")
    unit = models.ForeignKey("portal.Department", models.PROTECT, related_name="+", verbose_name="签收单位")
    unit_name = models.CharField("单位名称", max_length=80)
    state = models.CharField("状态", max_length=8, choices=ReceiptState.choices, default=ReceiptState.WAITING)
    read_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="首次阅读"
    )
    read_at = models.DateTimeField("首次阅读时间", null=True, blank=True)
    signed_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签收人"
    )
    signed_for = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="代谁签收"
    )
    signed_at = models.DateTimeField("签收时间", null=True, blank=True)

    workflow = RECEIPT

    class Meta:
        ordering = ["dispatch", "unit__position", "unit_id"]
        constraints = [
            models.UniqueConstraint(fields=["dispatch", "unit"], name="receipt_once"),
            models.CheckConstraint(
                condition=Q(state=ReceiptState.SIGNED, signed_at__isnull=False, signed_by__isnull=False)
                | Q(state=ReceiptState.WAITING, signed_at=None, signed_by=None),
                name="receipt_signed_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["unit", "state", "-dispatch"], name="receipt_inbox")]
        verbose_name = verbose_name_plural = "签收单"

    def __str__(self) -> str:
        return f"{self.unit_name}签收《{self.dispatch}》"

    @property
    def site(self) -> Site:
        """Where its audit entries belong."""
        return self.dispatch.site
