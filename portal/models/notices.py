from django.db import models

from portal.enums import NoticeKind


class Notice(models.Model):
    """消息: one line to one person, on the desk at once, by e-mail with the next sweep."""

    recipient = models.ForeignKey(
        "portal.User", models.CASCADE, related_name="notices", verbose_name="收件人"
    )
    kind = models.CharField("类别", max_length=8, choices=NoticeKind.choices)
    title = models.CharField("标题", max_length=200)
    body = models.TextField("内容", blank=True)
    url = models.CharField("链接", max_length=200, blank=True)
    key = models.CharField("去重键", max_length=120, blank=True)
    at = models.DateTimeField("时间")
    read_at = models.DateTimeField("已读", null=True, blank=True)
    emailed_at = models.DateTimeField("已发邮件", null=True, blank=True)
    email_attempts = models.PositiveSmallIntegerField("邮件尝试", default=0)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["recipient", "-at"], name="notice_inbox"),
            models.Index(
                fields=["url"], condition=models.Q(kind="TODO", read_at=None), name="notice_open_todo"
            ),
            models.Index(fields=["id"], condition=models.Q(emailed_at=None), name="notice_to_mail"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "key"], condition=~models.Q(key=""), name="notice_told_once"
            )
        ]
        verbose_name = verbose_name_plural = "消息"

    def __str__(self) -> str:
        return self.title
