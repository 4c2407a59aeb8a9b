from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from interaction.enums.surveys import QuestionKind


class Survey(models.Model):
    """调查问卷: what an activity of this kind asks, in sections, and what it promises about the sheets.

    不记名 and for everyone: who answers is not asked at all. 不记名 for some: a `VoterMark` says that somebody answered,
    and nothing joins it to a sheet. 记名: the sheet says whose it is.
    """

    activity = models.OneToOneField(
        "interaction.Activity", models.CASCADE, primary_key=True, related_name="survey"
    )
    is_anonymous = models.BooleanField("不记名", default=True)
    is_paged = models.BooleanField("分页填写", default=False)
    comment = models.TextField("分析说明", blank=True)
    commented_by = models.ForeignKey("portal.User", models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField("整理答卷的时间", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "调查设置"

    def __str__(self) -> str:
        return str(self.activity)

    def asked(self) -> list["SurveyQuestion"]:
        """All questions in the order they are asked, numbered from 1, each with its section, options and condition."""
        rows = SurveyQuestion.objects.filter(section__survey=self).select_related("section", "shown_if")
        rows = rows.prefetch_related("options", "shown_options").order_by(*SurveyQuestion.ORDER)
        questions = list(rows)
        for number, question in enumerate(questions, start=1):
            question.number = number
        return questions


class SurveySection(models.Model):
    """部分: some questions under a heading; a page of its own where the survey is filled in page by page."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField("次序")
    title = models.CharField("标题", max_length=80, blank=True)
    note = models.CharField("说明", max_length=500, blank=True)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = verbose_name_plural = "问卷部分"

    def __str__(self) -> str:
        return self.title or f"第 {self.position} 部分"


class SurveyQuestion(models.Model):
    """调查题. `least` and `most`: how many options, how many characters, or which numbers, as the kind has it.

    With `shown_if` it is asked only of those who chose one of `shown_options` of that earlier question.
    """

    ORDER = ("section__position", "section", "position", "pk")

    section = models.ForeignKey(SurveySection, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField("次序")
    kind = models.CharField("题型", max_length=10, choices=QuestionKind.choices)
    text = models.CharField("题目", max_length=300)
    help = models.CharField("提示", max_length=300, blank=True)
    is_required = models.BooleanField("必答", default=False)
    least = models.DecimalField("最少", max_digits=15, decimal_places=4, null=True, blank=True)
    most = models.DecimalField("最多", max_digits=15, decimal_places=4, null=True, blank=True)
    shown_if = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="leads_to", verbose_name="显示条件"
    )
    shown_options = models.ManyToManyField("interaction.SurveyOption", blank=True, related_name="+")
    number: int

    class Meta:
        ordering = ["section", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(least=None) | Q(most=None) | Q(most__gte=F("least")),
                name="survey_question_least_to_most",
            )
        ]
        verbose_name = verbose_name_plural = "调查题"

    def __str__(self) -> str:
        return self.text

    @property
    def type(self) -> QuestionKind:
        return QuestionKind(self.kind)

    @property
    def field(self) -> str:
        """What it is called in a form."""
        return f"q{self.pk}"


class SurveyOption(models.Model):
    question = models.ForeignKey(SurveyQuestion, models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField("次序")
    text = models.CharField("选项", max_length=120)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = verbose_name_plural = "调查选项"

    def __str__(self) -> str:
        return self.text


class SurveySheet(models.Model):
    """答卷. Its key is random and it has no time; `voter` and `department` are set in signed surveys alone.

    `nonce` is that of the form it came with: the same form sent twice is one sheet.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    activity = models.ForeignKey("interaction.Activity", models.PROTECT, related_name="sheets")
    nonce = models.CharField(max_length=32, unique=True)
    voter = models.ForeignKey("portal.User", models.PROTECT, null=True, blank=True, related_name="+")
    department = models.ForeignKey(
        "portal.Department", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = "答卷"

    def __str__(self) -> str:
        return "答卷"


class SurveyAnswer(models.Model):
    """One answer, or one of the options chosen. `shown_text` is what of a text is published; "" is nothing of it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    sheet = models.ForeignKey(SurveySheet, models.CASCADE, related_name="answers")
    question = models.ForeignKey(SurveyQuestion, models.PROTECT, related_name="answers")
    option = models.ForeignKey(SurveyOption, models.PROTECT, null=True, blank=True, related_name="+")
    number = models.DecimalField(max_digits=15, decimal_places=4, null=True, blank=True)
    day = models.DateField(null=True, blank=True)
    text = models.TextField(blank=True)
    shown_text = models.TextField("公布的文字", blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "question", "option"], name="answered_once"),
            models.UniqueConstraint(
                fields=["sheet", "question"], condition=Q(option=None), name="answered_once_in_words"
            ),
        ]
        verbose_name = verbose_name_plural = "答案"

    def __str__(self) -> str:
        return "答案"
