from django.db import models
from django.db.models import Q

from interaction.enums.questions import OPEN, SHOWN, QuestionState
from interaction.workflow.questions import QUESTION


class Question(models.Model):
    """提问: what somebody on the staff asks in a column of questions; a department answers it (实施意见三（二）)."""

    site = models.ForeignKey("portal.Site", models.PROTECT, related_name="questions", verbose_name="站点")
    column = models.ForeignKey(
        "columns.Column", models.PROTECT, related_name="questions", verbose_name="栏目"
    )
    title = models.CharField("问题", max_length=80)
    body = models.TextField("说明", blank=True)
    asked_by = models.ForeignKey(
        "portal.User", models.PROTECT, related_name="questions", verbose_name="提问人"
    )
    asker_department = models.ForeignKey(
        "portal.Department",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="提问人当时部门",
    )
    department = models.ForeignKey(
        "portal.Department", models.PROTECT, related_name="questions", verbose_name="答复部门"
    )
    asked_at = models.DateTimeField("提问时间")
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=QuestionState.choices, default=QuestionState.ASKED
    )
    decided_by = models.ForeignKey("portal.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_for = models.ForeignKey("portal.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("处理时间", null=True, blank=True)
    reason = models.TextField("理由", blank=True)
    faq_title = models.CharField("常见问题的问法", max_length=80, blank=True)
    faq_at = models.DateTimeField("设为常见问题", null=True, blank=True)
    key = models.UUIDField(editable=False)

    workflow = QUESTION

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["asked_by", "key"], name="asked_once"),
            models.CheckConstraint(condition=Q(faq_at=None) | Q(state__in=SHOWN), name="faq_is_answered"),
        ]
        indexes = [
            models.Index(
                fields=["column", "-answered_at"], condition=Q(state__in=SHOWN), name="question_shown"
            ),
            models.Index(fields=["column"], condition=Q(state__in=OPEN), name="question_open"),
        ]
        verbose_name = verbose_name_plural = "提问"

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return self.site.url(f"questions/{self.pk}/")

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_shown(self) -> bool:
        return self.state in SHOWN

    @property
    def short_title(self) -> str:
        """As it stands among 常见问题."""
        return self.faq_title or self.title


class QuestionMark(models.Model):
    """有用: somebody found the answer useful, counted once a 工号."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="marks")
    user = models.ForeignKey("portal.User", models.CASCADE, related_name="+")
    at = models.DateTimeField("时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "user"], name="useful_once")]
        verbose_name = verbose_name_plural = "有用"

    def __str__(self) -> str:
        return f"{self.user}：{self.question}"
