from django.db import models


class CalendarYear(models.Model):
    """A year of the working-day calendar; confirmed once the State Council's plan has been entered."""

    year = models.PositiveSmallIntegerField("年份", unique=True)
    is_confirmed = models.BooleanField("已按国务院办公厅通知核定", default=False)
    source = models.CharField("依据", max_length=120, blank=True)

    class Meta:
        ordering = ["-year"]
        verbose_name = verbose_name_plural = "日历年份"

    def __str__(self) -> str:
        return f"{self.year} 年"


class CalendarDay(models.Model):
    """A day that differs from plain weekends: a holiday, or a make-up workday (调休上班)."""

    date = models.DateField("日期", unique=True)
    is_workday = models.BooleanField("上班")
    note = models.CharField("说明", max_length=40, blank=True)

    class Meta:
        ordering = ["-date"]
        verbose_name = verbose_name_plural = "节假日与调休"

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d} {'上班' if self.is_workday else '放假'}"
