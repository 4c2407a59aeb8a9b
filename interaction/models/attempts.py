"""答卷: the paper one person was drawn, with the answers as they were last saved and the marks they got."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from interaction.enums.activities import ActivityState
from interaction.enums.exams import AttemptEnding, AttemptState
from interaction.workflow.attempts import ATTEMPT


class Attempt(models.Model):
    """答卷: one sitting of one person. `seed` draws the same paper again; `points` is None until all of it is marked."""

    activity = models.ForeignKey(
        "interaction.Activity", models.PROTECT, related_name="attempts", verbose_name="考试"
    )
    person = models.ForeignKey("portal.User", models.PROTECT, related_name="attempts", verbose_name="考生")
    department = models.ForeignKey(
        "portal.Department", models.PROTECT, null=True, related_name="+", verbose_name="应考时部门"
    )
    number = models.PositiveSmallIntegerField("第几次")
    seed = models.BigIntegerField(editable=False)
    state = models.CharField(
        "状态", max_length=10, choices=AttemptState.choices, default=AttemptState.RUNNING
    )
    started_at = models.DateTimeField("开始时间")
    deadline_at = models.DateTimeField("截止时间")
    handed_in_at = models.DateTimeField("交卷时间", null=True, blank=True)
    ending = models.CharField("交卷方式", max_length=8, choices=AttemptEnding.choices, blank=True)
    points = models.DecimalField("得分", max_digits=6, decimal_places=1, null=True, blank=True)

    workflow = ATTEMPT

    class Meta:
        ordering = ["activity", "person", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "person"],
                condition=Q(state=AttemptState.RUNNING),
                name="one_running_attempt",
            ),
            models.UniqueConstraint(fields=["activity", "person", "number"], name="attempt_number_once"),
            models.CheckConstraint(
                condition=Q(state=AttemptState.RUNNING, handed_in_at=None, points=None)
                | Q(state=AttemptState.HANDED_IN, handed_in_at__isnull=False),
                name="attempt_runs_or_is_in",
            ),
            models.CheckConstraint(condition=Q(deadline_at__gt=F("started_at")), name="attempt_has_time"),
        ]
        indexes = [models.Index(fields=["state", "deadline_at"], name="attempt_collection")]
        verbose_name = verbose_name_plural = "答卷"

    def __str__(self) -> str:
        return f"{self.activity}：{self.person}" + (f"（第 {self.number} 次）" if self.number > 1 else "")

    @property
    def site(self):
        return self.activity.site

    @property
    def is_running(self) -> bool:
        return self.state == AttemptState.RUNNING

    @property
    def ends_at(self) -> datetime:
        """When its time is over: an early end of the exam ends it too, a withdrawn exam has no time left."""
        if self.activity.state == ActivityState.WITHDRAWN:
            return self.started_at
        return min(self.deadline_at, self.activity.ended_at or self.deadline_at)

    @property
    def is_final(self) -> bool:
        """Whether all of it is marked."""
        return self.points is not None


class AttemptItem(models.Model):
    """答卷上的一题: the question as it was drawn for this paper, what was answered, what it was worth.

    `order`: in which order its options show. `answer`: for a choice the places picked, as shown; otherwise the words.
    `sequence`: the moment of the answer on the server's clock in milliseconds; an older one never replaces a newer.
    """

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="items", verbose_name="答卷")
    position = models.PositiveSmallIntegerField("题号")
    question = models.ForeignKey(
        "interaction.ExamQuestion", models.PROTECT, related_name="uses", verbose_name="试题"
    )
    points = models.PositiveSmallIntegerField("分值")
    order = models.JSONField("选项次序", default=list)
    answer = models.JSONField("作答", default=list)
    sequence = models.BigIntegerField("作答时刻", default=0)
    saved_at = models.DateTimeField("保存时间", null=True, blank=True)
    awarded = models.DecimalField("得分", max_digits=5, decimal_places=1, null=True, blank=True)
    remark = models.CharField("评语", max_length=200, blank=True)
    marked_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="评阅人"
    )
    marked_at = models.DateTimeField("评阅时间", null=True, blank=True)

    class Meta:
        ordering = ["attempt", "position"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "position"], name="attempt_item_place"),
            models.UniqueConstraint(fields=["attempt", "question"], name="attempt_question_once"),
            models.CheckConstraint(
                condition=Q(awarded=None) | Q(awarded__gte=0, awarded__lte=F("points")),
                name="award_within_points",
            ),
        ]
        verbose_name = verbose_name_plural = "答题"

    def __str__(self) -> str:
        return f"第 {self.position} 题"

    @property
    def site(self):
        return self.attempt.activity.site

    @property
    def is_answered(self) -> bool:
        return any(one != "" for one in self.answer)

    @property
    def picked(self) -> list[int]:
        """The picked options as the question numbers them."""
        return sorted(self.order[place] for place in self.answer)
