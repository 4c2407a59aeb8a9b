from django.db import models

from interaction.enums.letters import MoveKind


class Referral(models.Model):
    """流转: every station of a letter, with the reason; the writer reads it too (福建第二十二条: 写明流转理由并告之)."""

    letter = models.ForeignKey("interaction.Letter", models.CASCADE, related_name="path")
    kind = models.CharField("方式", max_length=12, choices=MoveKind.choices)
    from_department = models.ForeignKey(
        "portal.Department", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="从"
    )
    to_department = models.ForeignKey(
        "portal.Department", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="到"
    )
    reason = models.CharField("理由", max_length=500, blank=True)
    is_late = models.BooleanField("超过转办时限", default=False)
    by = models.ForeignKey("portal.User", models.PROTECT, null=True, related_name="+", verbose_name="经办")
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = "流转"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.to_department or ''}"


class Instruction(models.Model):
    """请示: what a department asks a leading official about a letter (质监第十五条: 逐级向上转请示)."""

    letter = models.ForeignKey("interaction.Letter", models.PROTECT, related_name="instructions")
    leader = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="请示领导")
    question = models.TextField("请示事项")
    asked_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="请示人")
    asked_at = models.DateTimeField("请示时间")
    answer = models.TextField("批示", blank=True)
    answered_at = models.DateTimeField("批示时间", null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["leader"], condition=models.Q(answered_at=None), name="instruction_waiting")
        ]
        verbose_name = verbose_name_plural = "请示"

    def __str__(self) -> str:
        return f"{self.letter} 的请示"

    @property
    def site(self):
        """Where its audit entries belong."""
        return self.letter.site
