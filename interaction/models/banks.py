"""题库 (办法第十五条): banks of questions for 网上考试, and who has opened them."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from interaction.enums.banks import Difficulty, ExamQuestionKind


class QuestionBank(models.Model):
    """题库: the questions of one site on one field of work."""

    site = models.ForeignKey("portal.Site", models.PROTECT, related_name="banks", verbose_name="站点")
    name = models.CharField("名称", max_length=60)
    note = models.CharField("说明", max_length=200, blank=True)
    is_active = models.BooleanField("在用", default=True)
    made_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="建立人")
    made_at = models.DateTimeField("建立时间")

    class Meta:
        ordering = ["site", "name", "id"]
        constraints = [models.UniqueConstraint(fields=["site", "name"], name="bank_name_once_a_site")]
        verbose_name = verbose_name_plural = "题库"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("desk:bank", args=[self.pk])


class BankReader(models.Model):
    """Who has opened a bank, and so knows its questions: they sit no exam that draws from it (谁出题谁不考)."""

    bank = models.ForeignKey(QuestionBank, models.PROTECT, related_name="readers", verbose_name="题库")
    person = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="人员")
    opened_at = models.DateTimeField("打开时间")

    class Meta:
        ordering = ["bank", "opened_at"]
        constraints = [models.UniqueConstraint(fields=["bank", "person"], name="bank_opened_once")]
        verbose_name = verbose_name_plural = "题库知情人"

    def __str__(self) -> str:
        return f"{self.person}（{self.bank}）"


class ExamQuestion(models.Model):
    """试题: one version of a question; its words never change, for papers hold on to it.

    A change is a new row that `replaces` this one, which is then out of use. `key`: see rules.exam_questions.Key.
    """

    bank = models.ForeignKey(QuestionBank, models.PROTECT, related_name="questions", verbose_name="题库")
    kind = models.CharField("题型", max_length=10, choices=ExamQuestionKind.choices)
    topic = models.CharField("知识点", max_length=40)
    difficulty = models.CharField("难度", max_length=6, choices=Difficulty.choices)
    stem = models.TextField("题干")
    options = models.JSONField("选项", default=list)
    key = models.JSONField("答案", default=list)
    points = models.PositiveSmallIntegerField("建议分值", default=2)
    explanation = models.TextField("解析", blank=True)
    fingerprint = models.CharField(max_length=64, editable=False)
    is_active = models.BooleanField("在用", default=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="取代"
    )
    made_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="出题人")
    made_at = models.DateTimeField("出题时间")
    retired_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="停用人"
    )
    retired_at = models.DateTimeField("停用时间", null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["bank", "fingerprint"], condition=Q(is_active=True), name="question_once_in_a_bank"
            ),
            models.CheckConstraint(
                condition=Q(is_active=True, retired_at=None) | Q(is_active=False, retired_at__isnull=False),
                name="question_in_use_or_retired",
            ),
        ]
        indexes = [
            models.Index(fields=["bank", "is_active", "kind", "topic"], name="question_choice"),
            models.Index(fields=["bank", "made_at"], name="question_news"),
        ]
        verbose_name = verbose_name_plural = "试题"

    def __str__(self) -> str:
        return self.stem[:40] + ("…" if len(self.stem) > 40 else "")

    @property
    def site(self):
        return self.bank.site
