from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from assessment.enums.radar import Item, Light, PageKind, VisitKind


class SnapshotStorage(FileSystemStorage):
    """Pages as they were found, below VISITS_ROOT: never where the office's files lie, and served by right only."""

    @property
    def base_location(self) -> str:  # read anew: tests have a folder each
        return str(settings.VISITS_ROOT)

    @property
    def location(self) -> str:
        return self.base_location

    def deconstruct(self) -> tuple[str, list, dict]:
        return "assessment.models.radar.SnapshotStorage", [], {}

    def url(self, name: str | None) -> str:
        raise ValueError("巡访快照没有公开的地址")


def snapshots() -> Storage:
    """Where pages as they were found lie: below VISITS_ROOT, or in the bucket that all machines share."""
    return storages["visits"]


class Visit(models.Model):
    """巡访: one page fetched by the built-in visitor as an inspector would, and what it found missing.

    `status` 0: it did not open, `faults` says why. `snapshot` is the page, gzip; the same page twice is one file.
    """

    site = models.ForeignKey("portal.Site", models.CASCADE, related_name="+", verbose_name="站点")
    kind = models.CharField("类别", max_length=5, choices=VisitKind.choices, default=VisitKind.PULSE)
    page = models.CharField("页面类型", max_length=8, choices=PageKind.choices, default=PageKind.HOME)
    url = models.CharField("网址", max_length=300)
    what = models.CharField("页面", max_length=80)
    at = models.DateTimeField("时间")
    status = models.PositiveSmallIntegerField("状态码", default=0)
    milliseconds = models.PositiveIntegerField("用时（毫秒）", default=0)
    faults = models.JSONField("发现的问题", default=list)
    sha256 = models.CharField("内容摘要", max_length=64, blank=True)
    snapshot = models.FileField("快照", storage=SnapshotStorage(), blank=True, max_length=200)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["site", "kind", "-at"], name="visit_of_site"),
            models.Index(fields=["snapshot"], condition=~Q(snapshot=""), name="visit_snapshot"),
        ]
        verbose_name = verbose_name_plural = "巡访"

    def __str__(self) -> str:
        return f"{self.url} {self.status}"

    def get_absolute_url(self) -> str:
        return reverse("desk:visit", args=[self.pk])

    @property
    def address(self) -> str:
        """Where the page is for whoever reads it now."""
        return f"//{self.site.host_name}{self.url}" if self.site.host_name else self.url

    @property
    def is_reached(self) -> bool:
        return 200 <= self.status < 400


class Reading(models.Model):
    """雷达记录: how one item stood on one day, the last reading of the day; `since`: from when on in this light.

    So the radar of any past day, and every quarter, can be shown as it was.
    """

    site = models.ForeignKey("portal.Site", models.CASCADE, related_name="+", verbose_name="站点")
    item = models.CharField("指标", max_length=3, choices=Item.choices)
    on = models.DateField("日期")
    light = models.CharField("结论", max_length=5, choices=Light.choices)
    since = models.DateField("自")
    said = models.CharField("情况", max_length=200)
    limit = models.CharField("指标", max_length=200)
    days_left = models.IntegerField("还剩几天", null=True, blank=True)
    owner = models.CharField("责任单位", max_length=120, blank=True)
    evidence = models.JSONField("依据", default=list)
    told_at = models.DateTimeField("已告知", null=True, blank=True)

    class Meta:
        ordering = ["site", "on", "item"]
        constraints = [models.UniqueConstraint(fields=["site", "item", "on"], name="read_once_a_day")]
        verbose_name = verbose_name_plural = "雷达记录"

    def __str__(self) -> str:
        return f"{self.get_item_display()} {self.on:%Y-%m-%d} {self.get_light_display()}"


class Threshold(models.Model):
    """收紧的指标: the office's own number beside the national one. Of all in force on a day the strictest holds."""

    key = models.SlugField("指标", max_length=40)
    site = models.ForeignKey(
        "portal.Site", models.CASCADE, null=True, blank=True, related_name="+", verbose_name="站点"
    )
    column_class = models.CharField("栏目类别", max_length=20, blank=True)
    value = models.PositiveIntegerField("数值")
    since = models.DateField("生效日期")
    until = models.DateField("停用日期", null=True, blank=True)
    reason = models.CharField("依据或理由", max_length=200)
    by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="设定人")
    at = models.DateTimeField("设定时间")

    class Meta:
        ordering = ["key", "-since", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="threshold_ends_later"
            )
        ]
        verbose_name = verbose_name_plural = "收紧的指标"

    def __str__(self) -> str:
        return f"{self.key} {self.value}"

    def as_row(self) -> dict[str, Any]:
        """As the rules read it; `site` is an id or None."""
        return {
            "key": self.key, "site": self.site_id, "column_class": self.column_class, "value": self.value,
            "since": self.since, "until": self.until,
        }  # fmt: skip
