from django.db import models

from portal.enums import NetworkPurpose


class RegisteredNetwork(models.Model):
    """登记地址: a network of staff or of an import station; ended, never deleted (石家庄第三十一条)."""

    purpose = models.CharField("用途", max_length=20, choices=NetworkPurpose.choices)
    network = models.CharField("地址或网段", max_length=60)
    place = models.CharField("地点", max_length=60)
    department = models.ForeignKey("portal.Department", models.PROTECT, verbose_name="使用部门")
    reason = models.CharField("事由", max_length=200)
    registered_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="登记人")
    registered_at = models.DateTimeField("登记时间")
    ended_at = models.DateTimeField("注销时间", null=True, blank=True)

    class Meta:
        ordering = ["purpose", "network", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "network"],
                condition=models.Q(ended_at=None),
                name="network_registered_once",
            )
        ]
        verbose_name = verbose_name_plural = "登记地址"

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.network}（{self.place}）"
