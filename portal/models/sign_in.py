from django.db import models

from portal.enums import LockKind


class SignInFailure(models.Model):
    """登录失败: one wrong try. The locks are counted from these rows, so two at once are always two."""

    number = models.CharField("工号", max_length=40)
    address = models.CharField("地址", max_length=45, blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["number", "at"], name="failure_of_number"),
            models.Index(fields=["address", "at"], name="failure_at_address"),
        ]
        verbose_name = verbose_name_plural = "登录失败"

    def __str__(self) -> str:
        return f"{self.number}（{self.address}）"


class SignInLock(models.Model):
    """登录锁定: nobody signs in with this number, or from this address, until it ends by itself or is lifted."""

    kind = models.CharField("类别", max_length=8, choices=LockKind.choices)
    key = models.CharField("工号或地址", max_length=45)
    failures = models.PositiveIntegerField("失败次数")
    at = models.DateTimeField("锁定时间")
    until = models.DateTimeField("自动解除时间", db_index=True)
    previous = models.PositiveBigIntegerField("上一次锁定", default=0, editable=False)
    forgiven_at = models.DateTimeField("不再计入", null=True, blank=True)
    lifted_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="解除人"
    )
    reason = models.CharField("解除理由", max_length=200, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "previous"], name="locked_once_at_a_time")
        ]
        verbose_name = verbose_name_plural = "登录锁定"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.key}"


class PasswordRecord(models.Model):
    """用过的密码: the hash that a new one replaced, so that nobody goes back to it at once."""

    user = models.ForeignKey(
        "portal.User", models.CASCADE, related_name="past_passwords", verbose_name="人员"
    )
    password = models.CharField("密码散列", max_length=128)
    replaced_at = models.DateTimeField("更换时间")

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "用过的密码"

    def __str__(self) -> str:
        return f"{self.user} {self.replaced_at:%Y-%m-%d}"
