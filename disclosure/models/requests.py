from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from disclosure.enums.decisions import Outcome
from disclosure.enums.requests import (
    OWED,
    ApplicantKind,
    Channel,
    CorrectionKind,
    Delivery,
    IdentityKind,
    RequestState,
)
from disclosure.workflow.requests import REQUEST
from portal.fields import SealedTextField


class DisclosureRequest(models.Model):
    """依申请公开. Who asks, and what proves it, is sealed; `applicant_key` finds the same applicant again without it.

    `arrived_on` is the day it reached the organ, `received_on` 收到申请之日 (条例第三十一条): None until it is
    established. It has at most one running clock: of whoever's turn it is. `year`, `serial`: the register's number.
    `answered_on` and `outcome` are those of the decision that was sent: what the annual report counts.
    """

    site = models.ForeignKey("portal.Site", models.PROTECT, related_name="requests", verbose_name="站点")
    year = models.PositiveSmallIntegerField("年度")
    serial = models.PositiveIntegerField("登记序号")
    code = models.CharField("申请编号", max_length=40, unique=True)
    password_digest = models.CharField(max_length=64, editable=False)
    nonce = models.CharField(max_length=32, unique=True, editable=False)

    channel = models.CharField("申请渠道", max_length=16, choices=Channel.choices)
    kind = models.CharField("申请人类别", max_length=10, choices=ApplicantKind.choices)
    name = SealedTextField("申请人姓名或名称")
    representative = SealedTextField("法定代表人或联系人", blank=True)
    identity_kind = models.CharField("证件类型", max_length=14, choices=IdentityKind.choices)
    identity_number = SealedTextField("证件号码")
    applicant_key = models.CharField(max_length=64, editable=False)
    phone = SealedTextField("联系电话", blank=True)
    email = SealedTextField("电子邮箱", blank=True)
    address = SealedTextField("通信地址", blank=True)
    applicant = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登录申请人"
    )

    title = models.CharField("所需信息名称", max_length=120)
    wanted = SealedTextField("所需信息描述")
    wanted_number = models.CharField("文号或其他特征", max_length=80, blank=True)
    purpose = SealedTextField("用途", blank=True)
    delivery = models.CharField("获取方式", max_length=8, choices=Delivery.choices)

    state = models.CharField(
        "状态", max_length=10, choices=RequestState.choices, default=RequestState.SUBMITTED
    )
    submitted_at = models.DateTimeField("提交时间")
    written_on = models.DateField("申请书日期", null=True, blank=True)
    arrived_on = models.DateField("来件日期")
    confirmed_how = models.CharField("确认方式", max_length=120, blank=True)
    received_on = models.DateField("收到申请之日", null=True, blank=True)
    registered_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登记人"
    )
    registered_at = models.DateTimeField("登记时间", null=True, blank=True)
    department = models.ForeignKey(
        "portal.Department", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办部门"
    )
    repeats = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="repeated_by", verbose_name="重复的申请"
    )
    outcome = models.CharField("办理结果", max_length=14, choices=Outcome.choices, blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)

    limits = GenericRelation("portal.Limit", "subject_id", "subject_type")
    workflow = REQUEST

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["site", "year", "serial"], name="request_number_once"),
            models.CheckConstraint(
                condition=Q(received_on=None) | Q(received_on__gte=F("arrived_on")),
                name="request_received_once_arrived",
            ),
        ]
        indexes = [
            models.Index(fields=["site", "-id"], name="request_board"),
            models.Index(fields=["site", "state", "-id"], name="request_state"),
            models.Index(fields=["site", "received_on"], name="request_received"),
            models.Index(fields=["site", "answered_on"], name="request_answered"),
            models.Index(fields=["site", "applicant_key", "received_on"], name="request_applicant"),
            models.Index(fields=["department", "state"], condition=Q(state__in=OWED), name="request_owed"),
        ]
        verbose_name = verbose_name_plural = "依申请公开"

    def __str__(self) -> str:
        return f"公开申请 {self.code}"

    def get_absolute_url(self) -> str:
        """Where it is handled, under the desk."""
        return reverse("desk:request", args=[self.pk])

    @property
    def is_owed(self) -> bool:
        return self.state in OWED


class RequestYear(models.Model):
    """The last number issued in a year: locked while the next is taken, so that numbers have no gap."""

    site = models.ForeignKey("portal.Site", models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "year"], name="request_year_once")]

    def __str__(self) -> str:
        return f"{self.year}"


class RequestFile(models.Model):
    """A file that came with a request: a scan of the application, a proof of identity, a correction."""

    request = models.ForeignKey(DisclosureRequest, models.CASCADE, related_name="files")
    file = models.OneToOneField("portal.StoredFile", models.PROTECT, related_name="+")
    what = models.CharField("内容", max_length=40)

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = "申请材料"

    def __str__(self) -> str:
        return self.file.name


class RequestNews(models.Model):
    """办理进展: a line that the applicant reads, and is mailed where they left an address."""

    request = models.ForeignKey(DisclosureRequest, models.CASCADE, related_name="news")
    at = models.DateTimeField("时间")
    text = models.TextField("内容")
    clause = models.CharField("依据", max_length=120, blank=True)
    is_mailed = models.BooleanField("已发邮件", default=False)
    attempts = models.PositiveSmallIntegerField("邮件尝试", default=0)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["id"], condition=Q(is_mailed=False), name="request_news_to_mail")]
        verbose_name = verbose_name_plural = "办理进展"

    def __str__(self) -> str:
        return self.text


class Correction(models.Model):
    """补正 (条例第三十条), or reasons asked for very many requests (第三十五条): each once a request."""

    request = models.ForeignKey(DisclosureRequest, models.CASCADE, related_name="corrections")
    kind = models.CharField("事项", max_length=8, choices=CorrectionKind.choices)
    asks = models.TextField("需要补正的内容")
    asked_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="告知人")
    asked_at = models.DateTimeField("告知时间")
    due_on = models.DateField("补正期限")
    answer = SealedTextField("补正内容", blank=True)
    received_on = models.DateField("收到补正之日", null=True, blank=True)
    abandoned_at = models.DateTimeField("视为放弃时间", null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["request", "kind"], name="correction_asked_once")]
        verbose_name = verbose_name_plural = "补正告知"

    def __str__(self) -> str:
        return self.get_kind_display()
