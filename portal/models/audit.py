from typing import Any

from django.db import models


class AuditEntry(models.Model):
    """审计记录: who did what, to what, when, from where. Written only by `portal.audit.record`; never changed."""

    at = models.DateTimeField("时间", db_index=True)
    actor = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="操作人")
    acting_for = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="代行"
    )
    verb = models.CharField("动作", max_length=40)
    label = models.CharField("动作名称", max_length=40)
    object_type = models.CharField("对象类别", max_length=60)
    object_id = models.CharField("对象编号", max_length=40)
    object_label = models.CharField("对象", max_length=200)
    site_key = models.CharField("站点", max_length=40, blank=True)
    clause = models.CharField("依据", max_length=120, blank=True)
    note = models.TextField("说明", blank=True)
    address = models.GenericIPAddressField("地址", null=True, blank=True)
    previous_hash = models.CharField(max_length=64, editable=False)
    hash = models.CharField("校验值", max_length=64, editable=False)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["object_type", "object_id", "id"], name="audit_object")]
        verbose_name = verbose_name_plural = "审计记录"

    def __str__(self) -> str:
        return f"{self.who}{self.label}《{self.object_label}》"

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise TypeError("审计记录只增不改")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("审计记录不可删除")

    @property
    def who(self) -> str:
        """李四（代张三）: who acted, and in whose place."""
        return in_place_of(self.actor, self.acting_for)


def in_place_of(person: Any, principal: Any) -> str:
    """A person's name; with whose place they took under a delegation."""
    return f"{person}（代{principal}）" if principal else str(person)


class AuditHead(models.Model):
    """The end of the chain: one row, locked by whoever appends, so that a cut-off tail shows too."""

    entries = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")

    class Meta:
        verbose_name = verbose_name_plural = "审计链端"

    def __str__(self) -> str:
        return f"{self.entries} 条"
