from datetime import datetime, time, timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from columns.enums import AppointmentState
from columns.workflow import APPOINTMENT
from portal import clock
from portal.enums import Power
from portal.models import at_work

HELD = Q(state__in=(AppointmentState.IN_FORCE, AppointmentState.SUSPENDED))
ON_ITS_WAY = Q(state__in=(AppointmentState.PROPOSED, AppointmentState.CONSENTED))


class Role(models.Model):
    """角色: a bundle of powers, as data of a preset."""

    key = models.SlugField("代码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=40)
    powers = models.JSONField("权限", default=list)
    clause = models.CharField("依据", max_length=120, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = "角色"

    def __str__(self) -> str:
        return self.name

    @property
    def labels(self) -> str:
        """What it may do, in words."""
        return "、".join(Power(power).label for power in self.powers)


class Appointment(models.Model):
    """授权: a row of the ledger with a life (石家庄第九条: 析权、授权、调整、暂停、注销). It is never deleted.

    When its powers were live is what its tenures say; who did each step and why is in the audit trail.
    """

    user = models.ForeignKey("portal.User", models.PROTECT, related_name="appointments", verbose_name="人员")
    role = models.ForeignKey(Role, models.PROTECT, related_name="appointments", verbose_name="角色")
    site = models.ForeignKey("portal.Site", models.PROTECT, related_name="appointments", verbose_name="站点")
    column = models.ForeignKey(
        "columns.Column",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="appointments",
        verbose_name="栏目",
        help_text="空：整个站点",
    )
    department = models.ForeignKey(
        "portal.Department",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="授权时部门",
    )
    state = models.CharField(
        "状态", max_length=10, choices=AppointmentState.choices, default=AppointmentState.PROPOSED
    )
    reason = models.CharField("事由", max_length=200)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="调整自"
    )
    proposed_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="提出人")
    proposed_at = models.DateTimeField("提出时间")
    consented_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="同意人"
    )
    consented_at = models.DateTimeField("同意时间", null=True, blank=True)
    granted_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="授权人"
    )
    granted_on = models.DateField("授权日期", null=True, blank=True)
    ends_on = models.DateField("期限至", null=True, blank=True, help_text="空：不定期")
    ended_on = models.DateField("终止日期", null=True, blank=True)

    workflow = APPOINTMENT

    class Meta:
        ordering = ["user", "site", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "column"],
                condition=HELD & Q(column__isnull=False),
                name="appointed_once",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "site"],
                condition=HELD & Q(column=None),
                name="appointed_once_for_site",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "column"],
                condition=ON_ITS_WAY & Q(column__isnull=False),
                name="proposed_once",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "site"],
                condition=ON_ITS_WAY & Q(column=None),
                name="proposed_once_for_site",
            ),
        ]
        indexes = [models.Index(fields=["state", "site"], name="appointment_state")]
        verbose_name = verbose_name_plural = "授权"

    def __str__(self) -> str:
        return f"{self.user} {self.role}（{self.place}）"

    def get_absolute_url(self) -> str:
        """The page of its life, under the desk."""
        return reverse("desk:appointment", args=[self.pk])

    @property
    def place(self) -> str:
        """What it covers, in words."""
        return f"{self.site}·{self.column}" if self.column_id else f"{self.site}全站"

    @property
    def is_over(self) -> bool:
        return self.state in (AppointmentState.REVOKED, AppointmentState.REFUSED)


class TenureQuerySet(models.QuerySet["Tenure"]):
    def live_at(self, moment: datetime) -> "TenureQuerySet":
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=moment), starts_at__lte=moment)

    def at_work(self) -> "TenureQuerySet":
        """Of these, those whose holder is at work in the department of the grant now; only ever asked of today."""
        return self.filter(at_work("appointment__user", "appointment__department"))

    def live(self) -> "TenureQuerySet":
        """What counts at this moment: whoever left or moved holds nothing, though no sweep has closed it yet (JY-3)."""
        return self.live_at(clock.now()).at_work()


class Tenure(models.Model):
    """生效期间: a stretch of time in which an appointment's powers were live, with the powers as they then were.

    Granting opens one, 暂停 and 注销 close it, 恢复 and a changed role open the next: the past stays as it was.
    """

    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="tenures")
    powers = models.JSONField("权限")
    starts_at = models.DateTimeField("起")
    ends_at = models.DateTimeField("止", null=True, blank=True)

    objects = TenureQuerySet.as_manager()

    class Meta:
        ordering = ["appointment", "starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")), name="tenure_ends_after_start"
            )
        ]
        indexes = [models.Index(fields=["ends_at", "starts_at"], name="tenure_live")]
        verbose_name = verbose_name_plural = "生效期间"

    def __str__(self) -> str:
        return f"{self.appointment}"


def end_of(day) -> datetime:
    """The moment at which what holds through `day` (a date, Asia/Shanghai) is over."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
