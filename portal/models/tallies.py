from django.db import models


class Tally(models.Model):
    """How often something was done in one stretch of time (`portal.rates`); the key holds no address in the clear."""

    key = models.CharField("键", max_length=64)
    stretch = models.BigIntegerField("时段")
    count = models.PositiveIntegerField("次数", default=1)
    until = models.DateTimeField("作废时间", db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "stretch"], name="tally_once")]
        verbose_name = verbose_name_plural = "计次"

    def __str__(self) -> str:
        return f"{self.count} 次"
