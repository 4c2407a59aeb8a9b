from uuid import uuid4

from django.db import models
from django.db.models import F, Q


class Poll(models.Model):
    """投票 or 评议: what an activity of these kinds asks, and what it promises about the ballots.

    不记名: nothing joins a ballot to its voter. `counts_units`: ballots say the voter's department, so that results
    may be broken down by it; a signed ballot says it anyway.
    """

    activity = models.OneToOneField(
        "interaction.Activity", models.CASCADE, primary_key=True, related_name="poll"
    )
    is_anonymous = models.BooleanField("不记名", default=True)
    counts_units = models.BooleanField("按单位统计", default=False)
    closed_at = models.DateTimeField("整理选票的时间", null=True, blank=True, editable=False)
    invited = models.PositiveIntegerField("应投人数", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "投票设置"

    def __str__(self) -> str:
        return str(self.activity)

    def asked(self) -> list["PollQuestion"]:
        """What it asks, in order, each with `choosable`: its own options, or the one scale of an appraisal."""
        questions = list(self.questions.order_by("position", "pk").prefetch_related("own_options"))
        levels = [] if all(one.own_options.all() for one in questions) else self.levels()
        for question in questions:
            question.choosable = list(question.own_options.all()) or levels
        return questions

    def levels(self) -> list["PollOption"]:
        """The scale of an appraisal, as it was typed: the best level first."""
        return list(self.options.filter(question=None).order_by("position", "pk"))

    @property
    def has_units(self) -> bool:
        """Whether ballots say a department."""
        return self.counts_units or not self.is_anonymous


class PollQuestion(models.Model):
    """投票题, or 评议对象: `least` to `most` of its options are chosen; of what is appraised exactly one level."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField("次序")
    text = models.CharField("题目", max_length=200)
    description = models.CharField("说明", max_length=500, blank=True)
    choosable: list["PollOption"]
    least = models.PositiveSmallIntegerField("至少选", default=1)
    most = models.PositiveSmallIntegerField("最多选", default=1)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(least__gte=1) & Q(most__gte=F("least")), name="poll_question_least_to_most"
            )
        ]
        verbose_name = verbose_name_plural = "投票题"

    def __str__(self) -> str:
        return self.text


class PollOption(models.Model):
    """选项 of one question; without a question a level of the scale by which all that is appraised is rated."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="options")
    question = models.ForeignKey(
        PollQuestion, models.CASCADE, null=True, blank=True, related_name="own_options"
    )
    position = models.PositiveSmallIntegerField("次序")
    text = models.CharField("选项", max_length=120)
    description = models.CharField("说明", max_length=500, blank=True)
    points = models.PositiveSmallIntegerField("分值", null=True, blank=True)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = verbose_name_plural = "选项"

    def __str__(self) -> str:
        return self.text


class VoterMark(models.Model):
    """THAT somebody voted, and no more: one person one vote (办法第十四条第4项). What they chose is in no way with it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    activity = models.ForeignKey("interaction.Activity", models.PROTECT, related_name="voter_marks")
    voter = models.ForeignKey("portal.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["activity", "voter"], name="one_person_one_vote")]
        verbose_name = verbose_name_plural = "投票记录"

    def __str__(self) -> str:
        return f"{self.voter}：{self.activity}"


class Ballot(models.Model):
    """WHAT was chosen on one ballot. Its key is random, it has no time, and `voter` is set in signed polls alone."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    activity = models.ForeignKey("interaction.Activity", models.PROTECT, related_name="ballots")
    department = models.ForeignKey(
        "portal.Department", models.PROTECT, null=True, blank=True, related_name="+"
    )
    voter = models.ForeignKey("portal.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "voter"], condition=Q(voter__isnull=False), name="one_signed_ballot"
            )
        ]
        verbose_name = verbose_name_plural = "选票"

    def __str__(self) -> str:
        return "选票"


class BallotChoice(models.Model):
    """One option chosen on a ballot."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="choices")
    question = models.ForeignKey(PollQuestion, models.PROTECT, related_name="+")
    option = models.ForeignKey(PollOption, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["ballot", "question", "option"], name="chosen_once")]
        verbose_name = verbose_name_plural = "选择"

    def __str__(self) -> str:
        return "选择"
