from django.db import models

from portal.enums import Ending


class SignedIn(models.Model):
    """登录会话: one person in one browser, from sign-in to its end.

    This row, not the cookie, says whether the sign-in still holds (GB/T 22239-2019 身份鉴别).
    """

    user = models.ForeignKey("portal.User", models.CASCADE, related_name="sign_ins", verbose_name="人员")
    session_key = models.CharField(max_length=40, unique=True, editable=False)
    address = models.GenericIPAddressField("地址", null=True, blank=True)
    device = models.CharField("设备", max_length=40)
    started_at = models.DateTimeField("登录时间")
    seen_at = models.DateTimeField("最近活动")
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    ending = models.CharField("如何结束", max_length=16, choices=Ending.choices, blank=True)

    class Meta:
        ordering = ["-seen_at", "-id"]
        indexes = [
            models.Index(
                fields=["user", "-seen_at"], condition=models.Q(ended_at=None), name="signed_in_of_user"
            ),
            models.Index(fields=["seen_at"], condition=models.Q(ended_at=None), name="signed_in_open"),
        ]
        verbose_name = verbose_name_plural = "登录会话"

    def __str__(self) -> str:
        return f"{self.user} · {self.device}"
