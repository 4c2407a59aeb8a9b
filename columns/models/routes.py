from django.db import models

from columns.enums import StepState
from portal.enums import Power


class ReviewRoute(models.Model):
    """审核路线: the ordered steps a text travels before it may be published (办法第十六条). No steps = direct."""

    key = models.SlugField("代码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=80)
    clause = models.CharField("依据", max_length=120, blank=True)
    is_default = models.BooleanField("默认路线", default=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=models.Q(is_default=True), name="one_default_route"
            )
        ]
        verbose_name = verbose_name_plural = "审核路线"

    def __str__(self) -> str:
        return self.name


class RouteStep(models.Model):
    """One step of a route: whose power, what is asked of them, in how many working days."""

    route = models.ForeignKey(ReviewRoute, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField("次序")
    label = models.CharField("步骤", max_length=40)
    power = models.CharField("所需权限", max_length=12, choices=Power.choices)
    asks = models.JSONField("审核要点", default=list, blank=True)
    working_days = models.PositiveSmallIntegerField("时限（工作日）", default=2)
    clause = models.CharField("依据", max_length=120, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["route", "position"], name="step_position_once")]
        verbose_name = verbose_name_plural = "审核步骤"

    def __str__(self) -> str:
        return self.label


class StepCopy(models.Model):
    """A route's step as copied onto what was reported; a later change of the route leaves it alone."""

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
        abstract = True
        ordering = ["round", "position"]

    def __str__(self) -> str:
        return self.label
