from django.db import models

from portal.enums import Audience


class ApplicationLink(models.Model):
    """应用链接: the way from the single entrance to another system of the intranet (办法第二条)."""

    name = models.CharField("名称", max_length=40)
    url = models.CharField("网址", max_length=300)
    note = models.CharField("说明", max_length=80, blank=True)
    audience = models.CharField("显示给", max_length=10, choices=Audience.choices, default=Audience.STAFF)
    departments = models.ManyToManyField(
        "portal.Department", blank=True, related_name="+", verbose_name="限定部门"
    )
    position = models.PositiveIntegerField("次序", default=10)
    is_active = models.BooleanField("显示", default=True)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = verbose_name_plural = "应用链接"

    def __str__(self) -> str:
        return self.name
