from django.db import models
from django.db.models import Q

from portal.enums import Power
from publishing.enums import StepState


class ReviewStep(models.Model):
    """审核步骤: a route's step as copied onto a reported revision; a later change of the route leaves it alone."""

    revision = models.ForeignKey("publishing.Revision", models.CASCADE, related_name="steps")
    round = models.PositiveSmallIntegerField("轮次", default=1)
    position = models.PositiveSmallIntegerField("次序")
    label = models.CharField("步骤", max_length=40)
    power = models.CharField("所需权限", max_length=12, choices=Power.choices)
    asks = models.JSONField("审核要点", default=list)
    working_days = models.PositiveSmallIntegerField("时限（工作日）")
    clause = models.CharField("依据", max_length=120, blank=True)
    state = models.CharField("结果", max_length=10, choices=StepState.choices, default=StepState.WAITING)
    decided_by = models.ForeignKey("portal.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_for = models.ForeignKey("portal.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("审核时间", null=True, blank=True)
    note = models.TextField("意见", blank=True)

    class Meta:
        ordering = ["round", "position"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "round", "position"], name="review_step_once"),
            models.UniqueConstraint(
                fields=["revision"], condition=Q(state="CURRENT"), name="one_current_step"
            ),
        ]
        indexes = [models.Index(fields=["power", "id"], condition=Q(state="CURRENT"), name="review_queue")]
        verbose_name = verbose_name_plural = "审核步骤"

    def __str__(self) -> str:
        return self.label
