from datetime import datetime

from django.db import models
from django.db.models import F, Q

from portal import clock
from portal.models import at_work


class Leave(models.Model):
    """外出报告: somebody who holds powers will be away (办法第十条: 出差时间超过3天的，应向总版主报告)."""

    person = models.ForeignKey("portal.User", models.PROTECT, related_name="leaves", verbose_name="外出人")
    starts_on = models.DateField("起")
    ends_on = models.DateField("止")
    reason = models.CharField("事由", max_length=200)
    needs_acting = models.BooleanField("须指定代理", default=False)
    asked = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="请谁指定"
    )
    reported_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="报告人")
    reported_at = models.DateTimeField("报告时间")
    called_off_at = models.DateTimeField("取消时间", null=True, blank=True)

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="leave_ends_after_start")
        ]
        verbose_name = verbose_name_plural = "外出报告"

    def __str__(self) -> str:
        return f"{self.person} {self.starts_on:%m-%d} 至 {self.ends_on:%m-%d} 外出"

    @property
    def days(self) -> int:
        """Calendar days away, the first and the last included."""
        return (self.ends_on - self.starts_on).days + 1


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def in_force(self, moment: datetime | None = None) -> "DelegationQuerySet":
        """Those that lend their powers at `moment` (aware; now): both days included, an early end at once."""
        moment = moment or clock.now()
        day = clock.local(moment).date()
        not_over = Q(ended_at=None) | Q(ended_at__gt=moment)
        return self.filter(not_over, starts_on__lte=day, ends_on__gte=day, named_at__lte=moment)

    def live(self) -> "DelegationQuerySet":
        """What lends at this moment: whoever left or moved neither lends nor acts, though no sweep has ended it yet."""
        return self.in_force().at_work()

    def at_work(self) -> "DelegationQuerySet":
        """Of these, those whose two people are where they were when it was named."""
        return self.filter(
            at_work("principal", "principal_department"), at_work("acting", "acting_department")
        )

    def not_over(self) -> "DelegationQuerySet":
        """In force or still to come."""
        return self.filter(ended_at=None, ends_on__gte=clock.today())


class Delegation(models.Model):
    """代理: `acting` has the powers of `principal` from `starts_on` through `ends_on`, and no password (办法第十条).

    Whether it is in force is derived from its days; `begun_at` and `over_at` say that people were told.
    """

    principal = models.ForeignKey(
        "portal.User", models.PROTECT, related_name="delegations", verbose_name="被代理人"
    )
    acting = models.ForeignKey(
        "portal.User", models.PROTECT, related_name="acting_delegations", verbose_name="代理人"
    )
    principal_department = models.ForeignKey(
        "portal.Department",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="被代理人部门",
    )
    acting_department = models.ForeignKey(
        "portal.Department",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="代理人部门",
    )
    leave = models.ForeignKey(
        Leave, models.PROTECT, null=True, blank=True, related_name="delegations", verbose_name="外出报告"
    )
    starts_on = models.DateField("起")
    ends_on = models.DateField("止")
    reason = models.CharField("事由", max_length=200)
    named_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="指定人")
    named_at = models.DateTimeField("指定时间")
    begun_at = models.DateTimeField("已告知开始", null=True, blank=True)
    ended_at = models.DateTimeField("提前结束", null=True, blank=True)
    ended_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="结束人"
    )
    over_at = models.DateTimeField("已告知结束", null=True, blank=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="delegation_ends_after_start"
            ),
            models.CheckConstraint(condition=~Q(principal=F("acting")), name="nobody_acts_for_themselves"),
        ]
        indexes = [models.Index(fields=["acting", "ends_on"], name="delegation_acting")]
        verbose_name = verbose_name_plural = "代理"

    def __str__(self) -> str:
        return f"{self.acting}代{self.principal}（{self.starts_on:%Y-%m-%d} 至 {self.ends_on:%Y-%m-%d}）"

    @property
    def is_open(self) -> bool:
        """In force or still to come."""
        return self.ended_at is None and self.ends_on >= clock.today()

    @property
    def standing(self) -> str:
        """Where it stands today, in words."""
        if self.ended_at:
            return "已提前结束" if self.starts_on <= clock.local(self.ended_at).date() else "已取消"
        if self.ends_on < clock.today():
            return "已到期"
        return "代理中" if self.starts_on <= clock.today() else "未开始"
