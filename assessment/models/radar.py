from django.db import models


class Visit(models.Model):
    """巡访: one page fetched by the built-in visitor as an inspector would, and what it found missing."""

    site = models.ForeignKey("portal.Site", models.CASCADE, related_name="+", verbose_name="站点")
    url = models.CharField("网址", max_length=300)
    what = models.CharField("页面", max_length=40)
    at = models.DateTimeField("时间")
    status = models.PositiveSmallIntegerField("状态码", default=0)
    milliseconds = models.PositiveIntegerField("用时（毫秒）", default=0)
    faults = models.JSONField("发现的问题", default=list)
    sha256 = models.CharField("内容摘要", max_length=64, blank=True)
    snapshot = models.FileField("快照", upload_to="visits/%Y/%m/", blank=True, max_length=200)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["site", "-at"], name="visit_of_site")]
        verbose_name = verbose_name_plural = "巡访"

    def __str__(self) -> str:
        return f"{self.url} {self.status}"
