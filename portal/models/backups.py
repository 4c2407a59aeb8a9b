from django.db import models
from django.db.models import Q

from portal.backup_life import BACKUP
from portal.enums import BackupKind, BackupState


class BackupRun(models.Model):
    """备份 (办法第十九条、第二十条第4项). It counts when it is DONE: stored, read again and found whole."""

    key = models.CharField("编号", max_length=40, unique=True)
    kind = models.CharField("种类", max_length=20, choices=BackupKind.choices)
    state = models.CharField("状态", max_length=20, choices=BackupState.choices, default=BackupState.ASKED)
    asked_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="发起人")
    asked_at = models.DateTimeField("发起时间")
    started_at = models.DateTimeField("开始时间", null=True, blank=True)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)
    host = models.CharField("所在机器", max_length=100, blank=True)
    step = models.CharField("进行到", max_length=60, blank=True)
    percent = models.PositiveSmallIntegerField("进度", default=0)
    touched_at = models.DateTimeField("最近进展", null=True, blank=True)
    bytes = models.PositiveBigIntegerField("内容大小", default=0)
    stored_bytes = models.PositiveBigIntegerField("新占空间", default=0)
    files = models.PositiveIntegerField("文件数", default=0)
    sha256 = models.CharField("清单校验值", max_length=64, blank=True)
    verified_at = models.DateTimeField("核对时间", null=True, blank=True)
    offsite_at = models.DateTimeField("异地副本时间", null=True, blank=True)
    parts = models.JSONField("组成", default=dict, blank=True)
    error = models.CharField("原因", max_length=500, blank=True)

    workflow = BACKUP

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "-started_at"], name="backup_latest")]
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state=BackupState.RUNNING), name="one_backup_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state=BackupState.DONE) | Q(verified_at__isnull=False),
                name="backup_counts_when_verified",
            ),
        ]
        verbose_name = verbose_name_plural = "备份"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.key}"


class BackupDrill(models.Model):
    """恢复演练: a backup restored into a fresh place, started there and compared. Written once, when it is over."""

    run = models.ForeignKey(BackupRun, models.PROTECT, null=True, verbose_name="备份")
    started_at = models.DateTimeField("开始时间")
    finished_at = models.DateTimeField("结束时间", db_index=True)
    seconds = models.FloatField("用时（秒）")
    is_passed = models.BooleanField("通过")
    tables = models.PositiveIntegerField("核对的表", default=0)
    rows = models.PositiveBigIntegerField("核对的行", default=0)
    files = models.PositiveIntegerField("核对的文件", default=0)
    entries = models.PositiveBigIntegerField("核对的审计记录", default=0)
    faults = models.JSONField("不符之处", default=list, blank=True)

    class Meta:
        ordering = ["-finished_at", "-id"]
        verbose_name = verbose_name_plural = "恢复演练"

    def __str__(self) -> str:
        return f"{'通过' if self.is_passed else '未通过'}：{self.run or '没有可用的备份'}"
