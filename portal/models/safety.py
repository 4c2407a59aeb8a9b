from django.db import models
from django.urls import reverse

from portal.enums import SafetyKind, SafetyState
from portal.incident_life import SAFETY


class SafetyRecord(models.Model):
    """安全台账 (质监第十八至二十一条): a patrol, a drill, a yearly risk assessment, the emergency plan.

    `problems` with a day until which they are to be put right make it wait for its 整改.
    """

    kind = models.CharField("类别", max_length=8, choices=SafetyKind.choices)
    title = models.CharField("名称", max_length=80)
    on = models.DateField("日期")
    text = models.TextField("经过和结果")
    problems = models.TextField("发现的问题", blank=True)
    rectify_by = models.DateField("整改期限", null=True, blank=True)
    rectified = models.TextField("整改情况", blank=True)
    rectified_at = models.DateTimeField("整改完成时间", null=True, blank=True)
    files = models.ManyToManyField("portal.StoredFile", blank=True, related_name="+", verbose_name="附件")
    state = models.CharField("状态", max_length=10, choices=SafetyState.choices, default=SafetyState.KEPT)
    reason = models.CharField("作废理由", max_length=200, blank=True)
    recorded_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="记录人")
    recorded_at = models.DateTimeField("记录时间")

    workflow = SAFETY

    class Meta:
        ordering = ["-on", "-id"]
        indexes = [
            models.Index(fields=["kind", "-on", "-id"], name="safety_register"),
            models.Index(
                fields=["rectify_by"], condition=models.Q(state=SafetyState.OPEN), name="safety_to_rectify"
            ),
        ]
        verbose_name = verbose_name_plural = "安全台账"

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.title}"

    def get_absolute_url(self) -> str:
        return reverse("desk:safety_record", args=[self.pk])


class CloserWatch(models.Model):
    """特殊时期 (质监第十八条: 重点时段加强巡查): days in which people and sweeps look more often than usual."""

    title = models.CharField("名称", max_length=80)
    starts_on = models.DateField("自")
    ends_on = models.DateField("至")
    patrol_hours = models.PositiveSmallIntegerField("人工巡查间隔（小时）")
    visit_minutes = models.PositiveSmallIntegerField("自动巡访间隔（分钟）")
    reason = models.CharField("缘由", max_length=200)
    set_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="设定人")
    set_at = models.DateTimeField("设定时间")
    ended_at = models.DateTimeField("提前结束时间", null=True, blank=True)

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="closer_watch_days"
            )
        ]
        verbose_name = verbose_name_plural = "特殊时期"

    def __str__(self) -> str:
        return self.title
