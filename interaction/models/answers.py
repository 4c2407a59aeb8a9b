from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from columns.models import StepCopy
from interaction.enums.letters import ANSWER_OPEN, ANSWERS_WITH, AnswerState
from interaction.workflow.answers import ANSWER
from portal.models import Site


class Answer(models.Model):
    """答复: what is said to a letter or a question, on its way through those who approve it. One is open at a time."""

    letter = models.ForeignKey(
        "interaction.Letter", models.PROTECT, null=True, blank=True, related_name="answers"
    )
    question = models.ForeignKey(
        "interaction.Question", models.PROTECT, null=True, blank=True, related_name="answers"
    )
    text = models.TextField("答复内容")
    outcome = models.CharField(
        "办理结果", max_length=10, choices=[(one.value, one.label) for one in ANSWERS_WITH], blank=True
    )
    state = models.CharField("状态", max_length=10, choices=AnswerState.choices, default=AnswerState.DRAFT)
    version = models.PositiveIntegerField("保存次数", default=1)
    department = models.ForeignKey(
        "portal.Department", models.PROTECT, related_name="+", verbose_name="答复部门"
    )
    saved_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="拟稿人")
    saved_for = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="代谁拟稿"
    )
    saved_at = models.DateTimeField("拟稿时间")
    sent_at = models.DateTimeField("答复时间", null=True, blank=True)

    history = HistoricalRecords()
    workflow = ANSWER

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter"], condition=Q(state__in=ANSWER_OPEN), name="one_open_answer_a_letter"
            ),
            models.UniqueConstraint(
                fields=["question"], condition=Q(state__in=ANSWER_OPEN), name="one_open_answer_a_question"
            ),
            models.CheckConstraint(
                condition=Q(letter__isnull=False, question=None) | Q(letter=None, question__isnull=False),
                name="answer_to_one_thing",
            ),
        ]
        verbose_name = verbose_name_plural = "答复"

    def __str__(self) -> str:
        return f"{self.subject}的答复"

    @property
    def subject(self) -> models.Model:
        """What is answered."""
        return self.letter or self.question

    @property
    def site(self) -> Site:
        """Where its audit entries belong."""
        return self.subject.site

    @property
    def writers(self) -> set[int]:
        """Ids of everybody who drafted it or in whose place it was drafted: they may not approve it."""
        saved = {pk for row in self.history.values_list("saved_by_id", "saved_for_id") for pk in row}
        return {self.saved_by_id, self.saved_for_id, *saved} - {None}


class AnswerStep(StepCopy):
    """审批步骤 of one answer."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="steps")

    class Meta(StepCopy.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["answer", "round", "position"], name="answer_step_once"),
            models.UniqueConstraint(
                fields=["answer"], condition=Q(state="CURRENT"), name="one_current_answer_step"
            ),
        ]
        indexes = [models.Index(fields=["power", "id"], condition=Q(state="CURRENT"), name="answer_queue")]
        verbose_name = verbose_name_plural = "答复审批"
