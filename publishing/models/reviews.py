from django.db import models
from django.db.models import Q

from columns.models import StepCopy


class ReviewStep(StepCopy):
    """审核步骤 of one revision."""

    revision = models.ForeignKey("publishing.Revision", models.CASCADE, related_name="steps")

    class Meta(StepCopy.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["revision", "round", "position"], name="review_step_once"),
            models.UniqueConstraint(
                fields=["revision"], condition=Q(state="CURRENT"), name="one_current_step"
            ),
        ]
        indexes = [models.Index(fields=["power", "id"], condition=Q(state="CURRENT"), name="review_queue")]
        verbose_name = verbose_name_plural = "审核步骤"
