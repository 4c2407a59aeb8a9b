import json

from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from columns.models import StepCopy
from disclosure.enums.decisions import (
    DECISION_OPEN,
    DecisionState,
    Outcome,
    ProceedingKind,
    ProceedingResult,
)
from disclosure.enums.requests import Delivery
from disclosure.workflow.decisions import DECISION
from portal.fields import SealedTextField
from portal.models import Site, StoredFile


class Decision(models.Model):
    """答复决定: what is answered to a request, on its way through those who approve it. One is open at a time."""

    request = models.ForeignKey("disclosure.DisclosureRequest", models.PROTECT, related_name="decisions")
    outcome = models.CharField("答复结论", max_length=14, choices=Outcome.choices, blank=True)
    ground = models.TextField("理由和依据", blank=True, help_text="不公开的，写明法律依据和事实理由")
    text = models.TextField("答复内容", blank=True)
    place = models.CharField(
        "获取途径", max_length=200, blank=True, help_text="信息在哪里、由谁公开或应当通过的渠道"
    )
    number = models.CharField("答复文号", max_length=40, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=DecisionState.choices, default=DecisionState.DRAFT
    )
    version = models.PositiveIntegerField("保存次数", default=1)
    department = models.ForeignKey(
        "portal.Department", models.PROTECT, related_name="+", verbose_name="承办部门"
    )
    saved_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="拟稿人")
    saved_for = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="代谁拟稿"
    )
    saved_at = models.DateTimeField("拟稿时间")
    signed_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签发人"
    )
    sent_at = models.DateTimeField("答复时间", null=True, blank=True)
    letter = models.ForeignKey(
        "portal.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="答复书"
    )
    delivery = models.CharField("送达方式", max_length=8, choices=Delivery.choices, blank=True)
    delivered_on = models.DateField("送达日期", null=True, blank=True)
    delivery_proof = models.CharField("送达凭证", max_length=120, blank=True)
    proof_file = models.ForeignKey(
        "portal.StoredFile",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="凭证扫描件",
    )

    mailed_at = models.DateTimeField("邮件发出时间", null=True, blank=True)
    mail_attempts = models.PositiveSmallIntegerField("邮件尝试", default=0)

    history = HistoricalRecords()
    workflow = DECISION

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["request"], condition=Q(state__in=DECISION_OPEN), name="one_open_decision"
            ),
            models.UniqueConstraint(
                fields=["request"], condition=Q(state=DecisionState.SENT), name="one_sent_decision"
            ),
        ]
        indexes = [
            models.Index(
                fields=["id"],
                condition=Q(state=DecisionState.SENT, delivered_on=None),
                name="decision_to_deliver",
            )
        ]
        verbose_name = verbose_name_plural = "答复决定"

    def __str__(self) -> str:
        return f"{self.request}的答复"

    def get_absolute_url(self) -> str:
        return reverse("desk:decision", args=[self.pk])

    @property
    def site(self) -> Site:
        """Where its audit entries belong."""
        return self.request.site

    @property
    def writers(self) -> set[int]:
        """Ids of everybody who drafted it or in whose place it was drafted: they may not approve it."""
        saved = {pk for row in self.history.values_list("saved_by_id", "saved_for_id") for pk in row}
        return {self.saved_by_id, self.saved_for_id, *saved} - {None}


class DecisionYear(models.Model):
    """The last number of an answer in a year: locked while the next is taken, so that numbers have no gap."""

    site = models.ForeignKey("portal.Site", models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "year"], name="decision_year_once")]

    def __str__(self) -> str:
        return f"{self.year}"


class DecisionStep(StepCopy):
    """审批步骤 of one decision."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="steps")

    class Meta(StepCopy.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["decision", "round", "position"], name="decision_step_once"),
            models.UniqueConstraint(
                fields=["decision"], condition=Q(state="CURRENT"), name="one_current_decision_step"
            ),
        ]
        indexes = [models.Index(fields=["power", "id"], condition=Q(state="CURRENT"), name="decision_queue")]
        verbose_name = verbose_name_plural = "答复审批"


class DecisionFile(models.Model):
    """What is given out with a decision. Of a redacted file `original` stays in the house and `file` is given out.

    `covered`: what is to be covered, names and numbers among it, hence sealed in `marks`; until it is burnt in,
    `original` is None and the file may not go out.
    """

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="files")
    name = models.CharField("给出的文件名", max_length=100)
    file = models.ForeignKey("portal.StoredFile", models.PROTECT, related_name="+", verbose_name="给出的文件")
    original = models.ForeignKey(
        "portal.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="原件"
    )
    marks = SealedTextField("遮盖", blank=True)
    ground = models.CharField("遮盖依据", max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = "答复附件"

    def __str__(self) -> str:
        return self.name

    @property
    def covered(self) -> list:
        """Rectangles as JSON, or words (`disclosure.rules.covering`)."""
        return json.loads(self.marks) if self.marks else []

    @covered.setter
    def covered(self, marks: list) -> None:
        self.marks = json.dumps(marks, ensure_ascii=False) if marks else ""

    @property
    def source(self) -> StoredFile:
        """The file as it came, of which only the house knows once something is covered."""
        return self.original or self.file

    @property
    def is_unfinished(self) -> bool:
        """Something is marked to be covered and still readable."""
        return bool(self.covered) and self.original_id is None

    @property
    def given_name(self) -> str:
        """As the applicant reads it, with the ending of what is given."""
        return f"{self.name}.{self.file.extension}"


class Proceeding(models.Model):
    """行政复议、行政诉讼 about a request: the fourth table of the annual report."""

    request = models.ForeignKey("disclosure.DisclosureRequest", models.PROTECT, related_name="proceedings")
    kind = models.CharField("类别", max_length=18, choices=ProceedingKind.choices)
    organ = models.CharField("受理机关", max_length=80)
    number = models.CharField("案号", max_length=60, blank=True)
    filed_on = models.DateField("受理日期")
    result = models.CharField(
        "结果", max_length=10, choices=ProceedingResult.choices, default=ProceedingResult.PENDING
    )
    closed_on = models.DateField("审结日期", null=True, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    file = models.ForeignKey("portal.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="登记人")
    version = models.PositiveIntegerField("保存次数", default=1)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(result=ProceedingResult.PENDING, closed_on=None)
                | ~Q(result=ProceedingResult.PENDING) & Q(closed_on__isnull=False),
                name="proceeding_closed_with_result",
            )
        ]
        verbose_name = verbose_name_plural = "复议诉讼"

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.get_result_display()}"

    def get_absolute_url(self) -> str:
        return reverse("desk:proceeding", args=[self.pk])

    @property
    def site(self) -> Site:
        """Where its audit entries belong."""
        return self.request.site
