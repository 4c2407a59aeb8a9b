from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from columns.enums import CadenceRule, CadenceState, Period
from columns.models.columns import Column
from columns.workflow import CADENCE


class Cadence(models.Model):
    """更新时限: how often something must be updated (办法第十五条). `columns.queries.cadences` says what it binds.

    It binds what all of its `column`, `update_class`, `site` and `department` name; what is left empty binds everything.
    `together`: everything it binds on one site is counted as one, else each column by itself. A narrower rule of the same
    kind stands in for a wider one.
    """

    column = models.ForeignKey(
        Column, models.CASCADE, null=True, blank=True, related_name="cadences", verbose_name="栏目"
    )
    update_class = models.CharField("信息类别", max_length=20, blank=True)
    site = models.ForeignKey(
        "portal.Site", models.CASCADE, null=True, blank=True, related_name="+", verbose_name="站点"
    )
    department = models.ForeignKey(
        "portal.Department", models.CASCADE, null=True, blank=True, related_name="+", verbose_name="责任单位"
    )
    together = models.BooleanField("合并计算", default=False)
    rule = models.CharField("规则", max_length=12, choices=CadenceRule.choices)
    count = models.PositiveSmallIntegerField("条数", default=1)
    period = models.CharField("周期", max_length=8, choices=Period.choices, blank=True)
    days = models.PositiveSmallIntegerField("天数", null=True, blank=True)
    working = models.BooleanField("按工作日", default=False)
    dates = models.CharField(
        "固定日期", max_length=60, blank=True, help_text="月-日，用逗号隔开，如 01-10,07-10"
    )
    clause = models.CharField("依据", max_length=120)
    state = models.CharField(
        "状态", max_length=8, choices=CadenceState.choices, default=CadenceState.IN_FORCE
    )
    filed_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="申报人"
    )
    filed_at = models.DateTimeField("申报时间", null=True, blank=True)
    decided_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="备案人"
    )
    decided_at = models.DateTimeField("备案时间", null=True, blank=True)
    in_force_since = models.DateField("起算日期", null=True, blank=True)

    workflow = CADENCE

    class Meta:
        ordering = ["column", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(column__isnull=False)
                | ~Q(update_class="")
                | Q(site__isnull=False)
                | Q(department__isnull=False),
                name="cadence_of_something",
            )
        ]
        verbose_name = verbose_name_plural = "更新时限"

    def __str__(self) -> str:
        unit = "个工作日" if self.working else "日"
        if self.rule == CadenceRule.AT_LEAST:
            return f"{self.get_period_display()}至少 {self.count} 条"
        if self.rule == CadenceRule.WITHIN_DAYS:
            return f"出台后 {self.days} {unit}内更新"
        if self.rule == CadenceRule.MAX_SILENCE:
            return f"每 {self.days} {unit}内至少更新一次"
        if self.rule == CadenceRule.FIXED_DATES:
            return "每年 " + "、".join(f"{int(m)} 月 {int(d)} 日" for m, d in self.month_days) + "更新"
        return self.get_rule_display()

    def get_absolute_url(self) -> str:
        return reverse("desk:cadence", args=[self.pk])

    @property
    def month_days(self) -> list[tuple[str, str]]:
        """("01", "10") for 10 January, in the order written."""
        return [
            (month, day)
            for month, _, day in (one.strip().partition("-") for one in self.dates.split(","))
            if day
        ]


class CadencePause(models.Model):
    """暂停 or 免除 of the update limits of one column, or of a whole unit: from a day until a day, with the reason."""

    column = models.ForeignKey(
        Column, models.CASCADE, null=True, blank=True, related_name="cadence_pauses", verbose_name="栏目"
    )
    department = models.ForeignKey(
        "portal.Department", models.CASCADE, null=True, blank=True, related_name="+", verbose_name="单位"
    )
    starts_on = models.DateField("自")
    ends_on = models.DateField("至", null=True, blank=True)
    reason = models.CharField("理由", max_length=200)
    clause = models.CharField("依据", max_length=120, blank=True)
    by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="批准人")
    at = models.DateTimeField("批准时间")

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(column__isnull=False) ^ Q(department__isnull=False), name="cadence_pause_of_one"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="cadence_pause_ends_later"
            ),
        ]
        verbose_name = verbose_name_plural = "时限暂停"

    def __str__(self) -> str:
        return self.reason

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)
