from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Q
from django.urls import reverse

from disclosure.enums.prereviews import ApplicantType, PreReviewState, Verdict
from disclosure.workflow.prereviews import PRE_REVIEW
from portal.fields import SealedTextField


class PreReview(models.Model):
    """网上预审 of the materials for one item, by the guide that was in force. Who applies is sealed.

    `correct_by`: the last day to correct what was returned; `bring`: where and when the originals are to be shown.
    """

    site = models.ForeignKey("portal.Site", models.PROTECT, related_name="pre_reviews", verbose_name="站点")
    item = models.ForeignKey(
        "disclosure.ServiceItem", models.PROTECT, related_name="pre_reviews", verbose_name="事项"
    )
    guide = models.ForeignKey("disclosure.Guide", models.PROTECT, related_name="+", verbose_name="所依指南")
    department = models.ForeignKey(
        "portal.Department", models.PROTECT, related_name="+", verbose_name="责任部门"
    )
    code = models.CharField("预审编号", max_length=16, unique=True)
    password_digest = models.CharField(max_length=64, editable=False)
    nonce = models.CharField(max_length=32, unique=True, editable=False)

    kind = models.CharField("申请人类型", max_length=14, choices=ApplicantType.choices)
    name = SealedTextField("申请人")
    agent = SealedTextField("经办人", blank=True)
    phone = SealedTextField("联系电话")
    email = SealedTextField("电子邮箱", blank=True)
    words = SealedTextField("补充说明", blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=PreReviewState.choices, default=PreReviewState.SUBMITTED
    )
    round = models.PositiveSmallIntegerField("第几次提交", default=1)
    submitted_at = models.DateTimeField("提交时间")
    correct_by = models.DateField("补正截止", null=True, blank=True)
    decided_at = models.DateTimeField("办结时间", null=True, blank=True)
    bring = models.TextField("递交原件的时间地点", blank=True)

    limits = GenericRelation("portal.Limit", "subject_id", "subject_type")
    workflow = PRE_REVIEW

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["site", "-id"], name="pre_review_board"),
            models.Index(fields=["site", "state", "-id"], name="pre_review_state"),
            models.Index(
                fields=["department", "site"],
                condition=Q(state=PreReviewState.SUBMITTED),
                name="pre_review_owed",
            ),
            models.Index(
                fields=["correct_by"], condition=Q(state=PreReviewState.RETURNED), name="pre_review_returned"
            ),
        ]
        verbose_name = verbose_name_plural = "网上预审"

    def __str__(self) -> str:
        return f"网上预审 {self.code}"

    def get_absolute_url(self) -> str:
        """Where it is handled, under the desk."""
        return reverse("desk:pre_review", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        """The department owes the next step."""
        return self.state == PreReviewState.SUBMITTED


class PreReviewMaterial(models.Model):
    """One material of a pre-review: what was found of it, and what is wrong with it."""

    pre_review = models.ForeignKey(PreReview, models.CASCADE, related_name="materials")
    material = models.ForeignKey("disclosure.GuideMaterial", models.PROTECT, related_name="+")
    verdict = models.CharField("审查", max_length=6, choices=Verdict.choices, default=Verdict.OPEN)
    reason = models.CharField("需补正的内容", max_length=300, blank=True)

    class Meta:
        ordering = ["material__position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["pre_review", "material"], name="pre_review_material_once")
        ]
        verbose_name = verbose_name_plural = "预审材料"

    def __str__(self) -> str:
        return str(self.material)


class PreReviewFile(models.Model):
    """A file that was sent for a material, in which round; those of the last round count."""

    material = models.ForeignKey(PreReviewMaterial, models.CASCADE, related_name="files")
    file = models.OneToOneField("portal.StoredFile", models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField("第几次提交")

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = "预审文件"

    def __str__(self) -> str:
        return self.file.name


class PreReviewNews(models.Model):
    """办理进展: a line that the applicant reads, and is mailed where they left an address."""

    pre_review = models.ForeignKey(PreReview, models.CASCADE, related_name="news")
    at = models.DateTimeField("时间")
    text = models.TextField("内容")
    is_mailed = models.BooleanField("已发邮件", default=False)
    attempts = models.PositiveSmallIntegerField("邮件尝试", default=0)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["id"], condition=Q(is_mailed=False), name="pre_review_news_to_mail")]
        verbose_name = verbose_name_plural = "预审进展"

    def __str__(self) -> str:
        return self.text
