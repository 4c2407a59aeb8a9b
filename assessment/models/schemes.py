from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from assessment.enums.schemes import Cycle, IndicatorKind, Ranking, Summary


class SchemeQuerySet(models.QuerySet):
    def on(self, day: date) -> "SchemeQuerySet":
        """In force on `day`."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class Scheme(models.Model):
    """计分办法: what one regulation scores, of whom, how often; a change is a new version with dates of its own.

    All schemes of the presets are here; the office scores by those that are `is_used`.
    """

    key = models.SlugField("代码", max_length=40)
    version = models.PositiveSmallIntegerField("版本", default=1)
    name = models.CharField("名称", max_length=80)
    source = models.CharField("制度", max_length=120)
    clause = models.CharField("依据", max_length=120)
    cycle = models.CharField("考核期", max_length=8, choices=Cycle.choices)
    starts_on = models.DateField("施行日期")
    ends_on = models.DateField("废止日期", null=True, blank=True)
    is_used = models.BooleanField("本单位采用", default=False)
    unit_kinds = models.JSONField("计分单位的类别", default=list)
    full_marks = models.DecimalField("满分", max_digits=8, decimal_places=2, null=True, blank=True)
    pass_mark = models.DecimalField("及格分", max_digits=8, decimal_places=2, null=True, blank=True)
    ranking = models.CharField("名次", max_length=10, choices=Ranking.choices, default=Ranking.SHARED)
    counts_closed_units = models.BooleanField(
        "期内撤并的单位计到撤并之日", default=True, help_text="否：期内撤并的单位不参加本期计分"
    )
    self_score_day = models.PositiveSmallIntegerField("自评截止（次月几日）", null=True, blank=True)
    fix_day = models.PositiveSmallIntegerField("核定截止（次月几日）", null=True, blank=True)
    objection_days = models.PositiveSmallIntegerField("异议期（工作日）", default=0)
    rectify_days = models.PositiveSmallIntegerField("不及格的整改期限（工作日）", null=True, blank=True)
    sums_up_by = models.CharField("年度汇总截止（月-日）", max_length=5, blank=True)
    sums_up_in = models.JSONField("汇总", default=list, blank=True, help_text="QUARTER、YEAR")
    summary = models.CharField("汇总方式", max_length=4, choices=Summary.choices, default=Summary.MEAN)
    awards = models.JSONField("奖项", default=list, blank=True)
    awards_in = models.CharField("评奖的考核期", max_length=8, choices=Cycle.choices, blank=True)
    joint_offices = models.PositiveSmallIntegerField("联合考评的部门数", default=1)
    note = models.TextField("说明", blank=True)

    objects = SchemeQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["key", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="scheme_version_once"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="scheme_ends_after_start"
            ),
        ]
        verbose_name = verbose_name_plural = "计分办法"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("desk:scheme", args=[self.pk])


class Indicator(models.Model):
    """指标: one row of a scheme. `fact` names where its facts come from (`assessment.queries.facts`); `settings` holds
    the numbers of its kind: per_item, bands, items, ceiling … (shape: `presets/schema.yaml`)."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="indicators", verbose_name="计分办法")
    key = models.SlugField("代码", max_length=40)
    label = models.CharField("指标", max_length=80)
    group = models.CharField("类别", max_length=40, blank=True)
    kind = models.CharField("计分方式", max_length=10, choices=IndicatorKind.choices)
    fact = models.CharField("事实来源", max_length=40, blank=True)
    most = models.DecimalField("最高分", max_digits=8, decimal_places=2, null=True, blank=True)
    settings = models.JSONField("设定", default=dict, blank=True)
    clause = models.CharField("依据", max_length=120)
    position = models.PositiveIntegerField("次序", default=10)

    history = HistoricalRecords()

    class Meta:
        ordering = ["scheme", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["scheme", "key"], name="indicator_once")]
        verbose_name = verbose_name_plural = "指标"

    def __str__(self) -> str:
        return self.label
