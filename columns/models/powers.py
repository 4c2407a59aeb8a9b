from django.db import models


class Role(models.Model):
    """角色: a bundle of powers, as data of a preset."""

    key = models.SlugField("代码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=40)
    powers = models.JSONField("权限", default=list)
    clause = models.CharField("依据", max_length=120, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = "角色"

    def __str__(self) -> str:
        return self.name


class Appointment(models.Model):
    """授权: the ledger of grants. A row is never deleted; ending it takes its powers away (办法第十条)."""

    user = models.ForeignKey("portal.User", models.PROTECT, related_name="appointments", verbose_name="人员")
    role = models.ForeignKey(Role, models.PROTECT, related_name="appointments", verbose_name="角色")
    site = models.ForeignKey("portal.Site", models.PROTECT, related_name="appointments", verbose_name="站点")
    column = models.ForeignKey(
        "columns.Column",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="appointments",
        verbose_name="栏目",
        help_text="空：整个站点",
    )
    granted_on = models.DateField("授权日期")
    granted_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="授权人")
    ended_on = models.DateField("终止日期", null=True, blank=True)
    reason = models.CharField("事由", max_length=200)

    class Meta:
        ordering = ["user", "site", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "column"],
                condition=models.Q(ended_on=None, column__isnull=False),
                name="appointed_once",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "site"],
                condition=models.Q(ended_on=None, column=None),
                name="appointed_once_for_site",
            ),
        ]
        verbose_name = verbose_name_plural = "授权"

    def __str__(self) -> str:
        return f"{self.user} {self.role}（{self.column or self.site}）"
