from datetime import datetime, time

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from portal import clock


class DepartureQuerySet(models.QuerySet["Departure"]):
    def planned(self) -> "DepartureQuerySet":
        """Recorded in advance and not carried out yet."""
        return self.filter(carried_out_at=None, called_off_at=None)

    def due(self) -> "DepartureQuerySet":
        """Planned for today or earlier: the person has left, whether or not the sweep has written it down."""
        return self.planned().filter(effective_on__lte=clock.today())

    def unsettled(self) -> "DepartureQuerySet":
        """Whose handover is open, planned ones included."""
        return self.filter(called_off_at=None, closed_at=None)


class Departure(models.Model):
    """离岗交接: somebody leaves the office or moves to another department, and hands over (办法第十条, 教育局第十五条).

    Powers end on `effective_on`, which a planned one writes to `User.leaves_on`; `carried_out_at` says since when the
    register says so, `closed_at` when the handover came to its end. `lost` lists in words the grants that ended with it.
    """

    person = models.ForeignKey(
        "portal.User", models.PROTECT, related_name="departures", verbose_name="离岗人员"
    )
    from_department = models.ForeignKey(
        "portal.Department", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="原部门"
    )
    to_department = models.ForeignKey(
        "portal.Department",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="调往部门",
        help_text="空：离开本单位",
    )
    effective_on = models.DateField("离岗日期")
    reason = models.CharField("事由", max_length=200)
    recorded_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="登记人")
    recorded_at = models.DateTimeField("登记时间")
    carried_out_at = models.DateTimeField("办理时间", null=True, blank=True)
    called_off_at = models.DateTimeField("取消时间", null=True, blank=True)
    lost = models.JSONField("终止的授权", default=list)
    asked = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="请谁交接"
    )
    closed_at = models.DateTimeField("交接结束", null=True, blank=True)
    closed_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="结束人"
    )
    closing_note = models.CharField("结束说明", max_length=200, blank=True)

    objects = DepartureQuerySet.as_manager()

    class Meta:
        ordering = ["-effective_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(carried_out_at=None, called_off_at=None),
                name="one_planned_departure",
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked"], condition=Q(closed_at=None, called_off_at=None), name="departure_unsettled"
            )
        ]
        verbose_name = verbose_name_plural = "离岗交接"

    def __str__(self) -> str:
        where = f"调往{self.to_department}" if self.to_department_id else "离岗"
        return f"{self.person} {self.effective_on:%Y-%m-%d} {where}"

    @property
    def is_planned(self) -> bool:
        return self.carried_out_at is None and self.called_off_at is None

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and self.called_off_at is None

    @property
    def standing(self) -> str:
        """Where it stands, in words."""
        if self.called_off_at:
            return "已取消"
        if self.closed_at:
            return "已交接"
        return "计划中" if self.is_planned else "待交接"

    @property
    def ended_at(self) -> datetime:
        """The moment at which the powers ended: when it was recorded, or the beginning of a later day."""
        begins = timezone.make_aware(datetime.combine(self.effective_on, time.min))
        return max(self.recorded_at, begins)


def at_work(person: str, department: str) -> Q:
    """For rows that hold while somebody is where they were: active, still in the department the row names (if it
    names one), and not due to leave (JY-3). `person`, `department`: the paths of the two fields.

    It is asked for every page of whoever is signed in: columns of the person alone, no subquery.
    """
    same = Q(**{f"{department}__isnull": True}) | Q(**{f"{person}__department": F(department)})
    stays = Q(**{f"{person}__leaves_on__isnull": True}) | Q(**{f"{person}__leaves_on__gt": clock.today()})
    return Q(same, stays, **{f"{person}__is_active": True})
