from django.db import models
from django.urls import reverse

from assessment.enums.inspections import (
    CheckResult,
    ContestKind,
    ContestState,
    InspectionState,
    ViolationState,
)
from assessment.workflow.inspections import CONTEST, INSPECTION, VIOLATION


class Inspection(models.Model):
    """检查 (办法第二十二条): planned for a day, columns drawn by lot, each item of the checklist answered.

    `draw` keeps what could be drawn and what was, site by site: with `seed` anybody can draw again (`rules.drawing`).
    """

    title = models.CharField("名称", max_length=80)
    planned_on = models.DateField("计划日期")
    sites = models.ManyToManyField("portal.Site", related_name="+", verbose_name="站点")
    sample = models.PositiveSmallIntegerField("每站抽查栏目数", default=5)
    seed = models.CharField("抽样种子", max_length=32, blank=True)
    clause = models.CharField("依据", max_length=120)
    checklist_name = models.CharField("检查表", max_length=80, blank=True)
    checklist = models.JSONField("检查项", default=list)
    rectify_days = models.PositiveSmallIntegerField("责令整改的期限（工作日）", default=5)
    draw = models.JSONField("抽样范围和结果", default=list, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=InspectionState.choices, default=InspectionState.PLANNED
    )
    planned_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="计划人")
    began_at = models.DateTimeField("开始时间", null=True, blank=True)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    summary = models.TextField("检查小结", blank=True)

    workflow = INSPECTION

    class Meta:
        ordering = ["-planned_on", "-id"]
        verbose_name = verbose_name_plural = "检查"

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("desk:inspection", args=[self.pk])


class InspectionCheck(models.Model):
    """One item of the checklist on one column that was drawn; a fault may cost points and ask to be put right.

    What the checklist said is copied, `worth` being the points it suggests; `rectify_days` asks for a rectification,
    ordered when the inspection ends; `version` counts the answers, so that of two people at once one is told.
    """

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="checks")
    column = models.ForeignKey("columns.Column", models.PROTECT, related_name="+", verbose_name="栏目")
    unit = models.ForeignKey("portal.Department", models.PROTECT, related_name="+", verbose_name="责任单位")
    key = models.SlugField(max_length=40)
    group = models.CharField("类别", max_length=40, blank=True)
    label = models.CharField("检查项", max_length=120)
    look = models.CharField("怎么查", max_length=300, blank=True)
    clause = models.CharField("依据", max_length=120, blank=True)
    worth = models.DecimalField("建议扣分", max_digits=6, decimal_places=2, default=0)
    result = models.CharField("结果", max_length=16, choices=CheckResult.choices, default=CheckResult.PENDING)
    finding = models.TextField("发现的问题", blank=True)
    points = models.DecimalField("扣分", max_digits=6, decimal_places=2, default=0)
    picture = models.ForeignKey(
        "portal.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="截图"
    )
    rectify_days = models.PositiveSmallIntegerField("责令整改（工作日）", null=True, blank=True)
    rectification = models.OneToOneField(
        "assessment.Rectification", models.PROTECT, null=True, blank=True, related_name="check_of"
    )
    version = models.PositiveIntegerField(default=0)
    checked_by = models.ForeignKey("portal.User", models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField("检查时间", null=True, blank=True)

    class Meta:
        ordering = ["inspection", "column", "id"]
        constraints = [models.UniqueConstraint(fields=["inspection", "column", "key"], name="check_once")]
        indexes = [models.Index(fields=["unit", "checked_at"], name="check_of_unit")]
        verbose_name = verbose_name_plural = "检查项"

    def __str__(self) -> str:
        return f"{self.column}：{self.label}"

    @property
    def is_answered(self) -> bool:
        return self.result != CheckResult.PENDING


class Violation(models.Model):
    """违规情形 (福建第三十五条): one fact held against one item of a regulation's list (`item`, from the preset)."""

    unit = models.ForeignKey("portal.Department", models.PROTECT, related_name="+", verbose_name="单位")
    item = models.SlugField("情形", max_length=40)
    label = models.CharField("情形", max_length=120)
    clause = models.CharField("依据", max_length=120)
    facts = models.TextField("事实")
    on = models.DateField("发生日期")
    files = models.ManyToManyField("portal.StoredFile", blank=True, related_name="+", verbose_name="佐证")
    state = models.CharField(
        "状态", max_length=10, choices=ViolationState.choices, default=ViolationState.RECORDED
    )
    recorded_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="记录人")
    recorded_at = models.DateTimeField("记录时间")
    reason = models.CharField("撤销理由", max_length=200, blank=True)
    rectification = models.OneToOneField(
        "assessment.Rectification", models.PROTECT, null=True, blank=True, related_name="violation_of"
    )

    workflow = VIOLATION

    class Meta:
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["unit", "on"], name="violation_of_unit")]
        verbose_name = verbose_name_plural = "违规记录"

    def __str__(self) -> str:
        return f"{self.unit}：{self.label}"

    def get_absolute_url(self) -> str:
        return reverse("desk:violation", args=[self.pk])


class Contest(models.Model):
    """评比 (办法第二十三条): scores and sealed votes with set weights; `standings` is what was decided, kept.

    `formula` are the parts of the score, as the preset had them when the contest was made (`presets/*/contests.yaml`).
    """

    kind = models.CharField("评比", max_length=10, choices=ContestKind.choices)
    title = models.CharField("名称", max_length=80)
    starts_on = models.DateField("自")
    ends_on = models.DateField("至")
    scheme = models.ForeignKey(
        "assessment.Scheme", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="计分办法"
    )
    poll = models.ForeignKey(
        "interaction.Activity", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="投票"
    )
    score_weight = models.PositiveSmallIntegerField("计分权重（%）", default=50)
    vote_weight = models.PositiveSmallIntegerField("投票权重（%）", default=50)
    winners = models.PositiveSmallIntegerField("评出几名", default=3)
    formula = models.JSONField("考核分的构成", default=list, blank=True)
    state = models.CharField("状态", max_length=10, choices=ContestState.choices, default=ContestState.DRAFT)
    standings = models.JSONField("评定结果", default=list, blank=True)
    clause = models.CharField("依据", max_length=120)
    created_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+")
    created_at = models.DateTimeField("建立时间")
    decided_by = models.ForeignKey("portal.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("评定时间", null=True, blank=True)
    published_at = models.DateTimeField("公布时间", null=True, blank=True)

    workflow = CONTEST

    class Meta:
        ordering = ["-ends_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(score_weight=100 - models.F("vote_weight")), name="contest_weights_add_up"
            )
        ]
        verbose_name = verbose_name_plural = "评比"

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("desk:contest", args=[self.pk])


class ContestCandidate(models.Model):
    """候选: a site, a column or a person, with the option of the poll that stands for it (`option`).

    A poll that is edited makes its options anew: then the link is gone, and has to be made again before the decision.
    """

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="candidates")
    name = models.CharField("候选", max_length=120)
    unit = models.ForeignKey("portal.Department", models.PROTECT, related_name="+", verbose_name="单位")
    site = models.ForeignKey("portal.Site", models.PROTECT, null=True, blank=True, related_name="+")
    column = models.ForeignKey("columns.Column", models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey("portal.User", models.PROTECT, null=True, blank=True, related_name="+")
    option = models.ForeignKey(
        "interaction.PollOption",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="选项",
    )
    position = models.PositiveSmallIntegerField("次序", default=1)

    class Meta:
        ordering = ["contest", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["contest", "site"], name="contest_site_once"),
            models.UniqueConstraint(fields=["contest", "column"], name="contest_column_once"),
            models.UniqueConstraint(fields=["contest", "person"], name="contest_person_once"),
            models.UniqueConstraint(fields=["contest", "option"], name="contest_option_once"),
        ]
        verbose_name = verbose_name_plural = "候选"

    def __str__(self) -> str:
        return self.name
