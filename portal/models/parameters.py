from django.db import models


class Parameter(models.Model):
    """参数: a number that a regulation or standard sets, with its clause; empty means that no rule asks for one."""

    key = models.SlugField("代码", max_length=40, unique=True)
    label = models.CharField("名称", max_length=60)
    value = models.PositiveIntegerField("数值", null=True, blank=True)
    unit = models.CharField("单位", max_length=10, blank=True)
    clause = models.CharField("依据", max_length=120)

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = "参数"

    def __str__(self) -> str:
        return self.label
