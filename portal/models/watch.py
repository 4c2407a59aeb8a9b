from django.db import models


class SweepRun(models.Model):
    """The last run of a sweep: one row each, written over; what failed is kept in `SweepFailure`."""

    name = models.CharField("任务", max_length=60, unique=True)
    started_at = models.DateTimeField("开始时间")
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    succeeded_at = models.DateTimeField("上次成功", null=True, blank=True)
    took_ms = models.PositiveIntegerField("用时（毫秒）", default=0)
    changed = models.IntegerField("处理", default=0)
    runs = models.PositiveBigIntegerField("执行次数", default=0)
    failures = models.PositiveIntegerField("连续失败", default=0)

    class Meta:
        ordering = ["name"]
        verbose_name = verbose_name_plural = "定时任务"

    def __str__(self) -> str:
        return self.name


class SweepFailure(models.Model):
    """What went wrong and where, never with what values: those may be somebody's."""

    name = models.CharField("任务", max_length=60)
    at = models.DateTimeField("时间", db_index=True)
    error = models.CharField("错误", max_length=300)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = verbose_name_plural = "任务失败记录"

    def __str__(self) -> str:
        return f"{self.name} {self.error}"
