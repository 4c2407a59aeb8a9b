from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from assessment.enums.schemes import Cycle
from assessment.enums.scores import ObjectionState, RoundState
from assessment.workflow.scores import OBJECTION, ROUND
from portal import clock


class Round(models.Model):
    """考核期: one month, quarter or year under one version of a scheme, from self-score to seal (麻山第四条).

    `rules` is the scheme as it stood, `digest` the hash of rules, facts and points at the seal: recomputing from what is
    kept proves that nothing changed since.
    """

    scheme = models.ForeignKey("assessment.Scheme", models.PROTECT, related_name="rounds")
    cycle = models.CharField("周期", max_length=8, choices=Cycle.choices, default=Cycle.MONTH)
    starts_on = models.DateField("自")
    ends_on = models.DateField("至")
    state = models.CharField("状态", max_length=10, choices=RoundState.choices, default=RoundState.OPEN)
    rules = models.JSONField("计分规则", default=dict)
    self_due_on = models.DateField("自评截止", null=True, blank=True)
    fix_due_on = models.DateField("核定截止", null=True, blank=True)
    objections_until = models.DateField("异议截止", null=True, blank=True)
    computed_at = models.DateTimeField("系统计分时间")
    published_by = models.ForeignKey("portal.User", models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField("公布时间", null=True, blank=True)
    frozen_at = models.DateTimeField("封存时间", null=True, blank=True)
    digest = models.CharField("校验值", max_length=64, blank=True)

    workflow = ROUND

    class Meta:
        ordering = ["-starts_on", "scheme"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "cycle", "starts_on"], name="round_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="round_ends_later"),
        ]
        indexes = [models.Index(fields=["cycle", "-starts_on"], name="round_of_cycle")]
        verbose_name = verbose_name_plural = "考核期"

    def __str__(self) -> str:
        return f"{self.scheme} {self.period}"

    def get_absolute_url(self) -> str:
        return reverse("desk:round", args=[self.pk])

    @property
    def public_url(self) -> str:
        return reverse("scoreboard_round", args=[self.pk])

    def public_url_of(self, score: "UnitScore") -> str:
        """Where readers see one unit's figures, once the round is public."""
        return reverse("scoreboard_unit", args=[self.pk, score.unit_id])

    @property
    def period(self) -> str:
        """2026年10月, 2026年第三季度, 2026年."""
        return Cycle(self.cycle).name_of(self.starts_on)

    @property
    def is_summary(self) -> bool:
        """Made of the rounds of a shorter period, not of facts."""
        return self.cycle != self.rules["cycle"]


class UnitScore(models.Model):
    """One unit in one round: total and place, as last computed or fixed."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="units")
    unit = models.ForeignKey("portal.Department", models.PROTECT, related_name="+", verbose_name="单位")
    unit_name = models.CharField("单位名称", max_length=80)
    total = models.DecimalField("总分", max_digits=9, decimal_places=2, default=0)
    place = models.PositiveSmallIntegerField("名次", null=True, blank=True)
    published = models.PositiveIntegerField("发布条数", default=0)
    award = models.CharField("奖项", max_length=20, blank=True)
    self_scored_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="自评人"
    )
    self_scored_at = models.DateTimeField("自评时间", null=True, blank=True)

    class Meta:
        ordering = ["round", "place", "unit"]
        constraints = [models.UniqueConstraint(fields=["round", "unit"], name="unit_score_once")]
        indexes = [models.Index(fields=["unit", "round"], name="unit_score_of_unit")]
        verbose_name = verbose_name_plural = "单位得分"

    def __str__(self) -> str:
        return f"{self.unit_name}：{self.total}"

    def get_absolute_url(self) -> str:
        return reverse("desk:unit_score", args=[self.pk])

    @property
    def is_self_scored_late(self) -> bool:
        """自评 came after its day (麻山第四条); it is marked, not refused."""
        due, at = self.round.self_due_on, self.self_scored_at
        return bool(due and at and clock.local(at).date() > due)


class Consent(models.Model):
    """会签: one of the offices that appraise together agrees to the round as it stands (本溪（三）)."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="consents")
    department = models.ForeignKey("portal.Department", models.PROTECT, related_name="+", verbose_name="部门")
    by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="会签人")
    at = models.DateTimeField("会签时间")

    class Meta:
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["round", "department"], name="consent_once")]
        verbose_name = verbose_name_plural = "会签"

    def __str__(self) -> str:
        return f"{self.department}：{self.round}"


class IndicatorScore(models.Model):
    """One point of one unit: computed by the system, claimed by the unit, fixed by the office with its reason.

    `facts` says from what it was computed: the number, and the ids of what was counted, by kind of thing.
    """

    unit_score = models.ForeignKey(UnitScore, models.CASCADE, related_name="points")
    key = models.SlugField(max_length=40)
    computed = models.DecimalField("系统分", max_digits=8, decimal_places=2, null=True, blank=True)
    claimed = models.DecimalField("自评分", max_digits=8, decimal_places=2, null=True, blank=True)
    claimed_items = models.JSONField("自评核查项", default=list, blank=True)
    claim_note = models.TextField("自评说明", blank=True)
    fixed = models.DecimalField("核定分", max_digits=8, decimal_places=2, null=True, blank=True)
    reason = models.TextField("调整理由", blank=True)
    checked = models.JSONField("核查项", default=list, blank=True)
    facts = models.JSONField("事实", default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)
    fixed_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="核定人"
    )
    fixed_at = models.DateTimeField("核定时间", null=True, blank=True)
    files = models.ManyToManyField("portal.StoredFile", blank=True, related_name="+", verbose_name="佐证")

    class Meta:
        ordering = ["unit_score", "id"]
        constraints = [models.UniqueConstraint(fields=["unit_score", "key"], name="indicator_score_once")]
        verbose_name = verbose_name_plural = "指标得分"

    def __str__(self) -> str:
        return f"{self.unit_score} {self.key}"

    @property
    def standing(self) -> Decimal | None:
        """The figure that holds: what was fixed, before that what the system computed."""
        return self.computed if self.fixed is None else self.fixed

    @property
    def needs_fixing(self) -> bool:
        """Nobody fixed it yet, or the system found another figure since and no reason says why it differs."""
        if self.fixed is None:
            return True
        return self.computed is not None and self.fixed != self.computed and not self.reason


class Objection(models.Model):
    """异议: what a unit says against one point within the window; upheld or not, with the reason."""

    point = models.ForeignKey(IndicatorScore, models.CASCADE, related_name="objections")
    text = models.TextField("异议")
    raised_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="提出人")
    raised_at = models.DateTimeField("提出时间")
    state = models.CharField(
        "状态", max_length=10, choices=ObjectionState.choices, default=ObjectionState.RAISED
    )
    answer = models.TextField("答复", blank=True)
    decided_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="答复人"
    )
    decided_at = models.DateTimeField("答复时间", null=True, blank=True)

    workflow = OBJECTION

    class Meta:
        ordering = ["-raised_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["point"], condition=Q(state=ObjectionState.RAISED), name="one_open_objection"
            )
        ]
        verbose_name = verbose_name_plural = "异议"

    def __str__(self) -> str:
        return f"{self.point.unit_score.unit_name}：{self.text[:20]}"

    def get_absolute_url(self) -> str:
        return reverse("desk:objection", args=[self.pk])
