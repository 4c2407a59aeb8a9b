from django.db import models
from django.db.models import F, Q

from interaction.enums.consultations import OpinionState, Outcome
from interaction.workflow.opinions import OPINION
from portal.fields import SealedTextField
from portal.masking import short_name


class Consultation(models.Model):
    """民意征集: what an activity of this kind asks people about, and what is told them afterwards (福建第十五条(三))."""

    activity = models.OneToOneField(
        "interaction.Activity", models.PROTECT, related_name="consultation", verbose_name="活动"
    )
    background = models.TextField("起草背景", blank=True)
    contact = models.CharField("其他反馈途径", max_length=200, blank=True)
    feedback = models.TextField("反馈说明", blank=True)
    feedback_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="反馈整理人"
    )
    feedback_at = models.DateTimeField("反馈整理时间", null=True, blank=True)
    version = models.PositiveIntegerField("反馈保存次数", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "民意征集"

    def __str__(self) -> str:
        return str(self.activity)

    @property
    def site(self):
        return self.activity.site


class ConsultationClause(models.Model):
    """条款 of the draft; one without text is the heading of a chapter, about which nothing is asked."""

    consultation = models.ForeignKey(
        Consultation, models.PROTECT, related_name="clauses", verbose_name="民意征集"
    )
    position = models.PositiveSmallIntegerField("次序")
    heading = models.CharField("条目", max_length=60, blank=True)
    text = models.TextField("内容", blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "position"], name="consultation_clause_position"),
            models.CheckConstraint(
                condition=~Q(heading="", text=""), name="consultation_clause_says_something"
            ),
        ]
        verbose_name = verbose_name_plural = "征集条款"

    def __str__(self) -> str:
        return self.heading.rstrip("、") or f"第 {self.position} 段"

    @property
    def is_chapter(self) -> bool:
        return not self.text


class Opinion(models.Model):
    """意见 on a clause, or on the whole where `clause` is None: kept whole, whatever is shown of it.

    Like ones are merged into one (`merged_into`), which is then decided for all of them.
    """

    consultation = models.ForeignKey(
        Consultation, models.PROTECT, related_name="opinions", verbose_name="民意征集"
    )
    number = models.PositiveIntegerField("编号")
    clause = models.ForeignKey(
        ConsultationClause,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="opinions",
        verbose_name="条款",
    )
    text = models.TextField("意见")
    author = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登录提出人"
    )
    writer_name = SealedTextField("姓名", blank=True)
    phone = SealedTextField("电话", blank=True)
    email = SealedTextField("电子邮箱", blank=True)
    sent_at = models.DateTimeField("提出时间")
    nonce = models.CharField(max_length=32, unique=True, editable=False)
    code_digest = models.CharField(max_length=64, unique=True, null=True, editable=False)

    state = models.CharField(
        "公开情况", max_length=8, choices=OpinionState.choices, default=OpinionState.WAITING
    )
    public_text = models.TextField("公开文本", blank=True)
    looked_over_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="查看人"
    )
    looked_over_at = models.DateTimeField("查看时间", null=True, blank=True)
    held_reason = models.CharField("不公开理由", max_length=500, blank=True)

    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name="并入"
    )
    outcome = models.CharField("处理决定", max_length=8, choices=Outcome.choices, blank=True)
    reason = models.TextField("处理理由", blank=True)
    decided_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="决定人"
    )
    decided_at = models.DateTimeField("决定时间", null=True, blank=True)
    version = models.PositiveIntegerField("保存次数", default=1)

    workflow = OPINION

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="opinion_number"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(outcome=""), name="opinion_merged_is_decided_with_its_lead"
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")), name="opinion_not_merged_into_itself"
            ),
            models.CheckConstraint(
                condition=~Q(state=OpinionState.SHOWN) | ~Q(public_text=""), name="opinion_shown_by_its_copy"
            ),
        ]
        indexes = [
            models.Index(fields=["consultation", "clause", "state"], name="opinion_by_clause"),
            models.Index(fields=["consultation", "merged_into", "outcome"], name="opinion_to_decide"),
            models.Index(
                fields=["consultation", "id"], condition=Q(state=OpinionState.WAITING), name="opinion_waiting"
            ),
        ]
        verbose_name = verbose_name_plural = "征集意见"

    def __str__(self) -> str:
        return f"第 {self.number} 号意见"

    @property
    def activity(self):
        return self.consultation.activity

    @property
    def site(self):
        return self.consultation.activity.site

    @property
    def signed(self) -> str:
        """Who it is from, as readers are told."""
        if self.author_id:
            return "工作人员"
        return f"网友 {short_name(self.writer_name)}" if self.writer_name else "网友"

    @property
    def lead(self) -> "Opinion":
        """The one that is decided for this one too."""
        return self.merged_into or self
