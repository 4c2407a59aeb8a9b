"""网上考试: what an exam is beside what every activity is, and the rules its papers are drawn by."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from interaction.enums.banks import Difficulty, ExamQuestionKind
from interaction.enums.exams import MultipleRule

MOST_MINUTES, MOST_ATTEMPTS, MOST_QUESTIONS, MOST_POINTS = 480, 10, 200, 100


class ExamSetup(models.Model):
    """考试设置 of one activity of kind EXAM."""

    activity = models.OneToOneField(
        "interaction.Activity", models.PROTECT, related_name="exam", verbose_name="考试"
    )
    minutes = models.PositiveSmallIntegerField(
        "答题时间", default=60, validators=[MinValueValidator(1), MaxValueValidator(MOST_MINUTES)]
    )
    pass_mark = models.PositiveSmallIntegerField("及格分", default=60)
    attempts_allowed = models.PositiveSmallIntegerField(
        "可考次数", default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_ATTEMPTS)]
    )
    multiple_rule = models.CharField(
        "多选题计分", max_length=8, choices=MultipleRule.choices, default=MultipleRule.WHOLE
    )
    shuffles_questions = models.BooleanField("题目次序随机", default=True)
    shuffles_options = models.BooleanField("选项次序随机", default=True)
    shows_answers = models.BooleanField("考后可查阅答卷与答案", default=True)
    names_people = models.BooleanField("公布成绩时列出姓名", default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=1) & Q(attempts_allowed__gte=1), name="exam_has_time_and_attempts"
            )
        ]
        verbose_name = verbose_name_plural = "考试设置"

    def __str__(self) -> str:
        return str(self.activity)


class PaperRule(models.Model):
    """组卷规则: so many questions of a kind, on a topic and of a difficulty where these are given, each worth so much."""

    setup = models.ForeignKey(ExamSetup, models.CASCADE, related_name="rules", verbose_name="考试")
    position = models.PositiveSmallIntegerField("次序")
    bank = models.ForeignKey(
        "interaction.QuestionBank", models.PROTECT, related_name="rules", verbose_name="题库"
    )
    kind = models.CharField("题型", max_length=10, choices=ExamQuestionKind.choices)
    topic = models.CharField("知识点", max_length=40, blank=True, help_text="空：不限")
    difficulty = models.CharField(
        "难度", max_length=6, choices=Difficulty.choices, blank=True, help_text="空：不限"
    )
    count = models.PositiveSmallIntegerField("题数")
    points = models.PositiveSmallIntegerField("每题分值")

    class Meta:
        ordering = ["setup", "position"]
        constraints = [
            models.UniqueConstraint(fields=["setup", "position"], name="paper_rule_order"),
            models.CheckConstraint(condition=Q(count__gte=1, points__gte=1), name="paper_rule_counts"),
        ]
        verbose_name = verbose_name_plural = "组卷规则"

    def __str__(self) -> str:
        level = self.get_difficulty_display() if self.difficulty else "不限难度"
        return "·".join([self.get_kind_display(), self.topic or "不限知识点", level])

    @property
    def total(self) -> int:
        return self.count * self.points


HALF = Decimal("0.5")
"""The smallest step of a mark."""
