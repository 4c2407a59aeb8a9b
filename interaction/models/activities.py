from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import cached_property

from interaction.enums.activities import (
    EDITABLE_STATES,
    ActivityKind,
    ActivityState,
    Participants,
    Phase,
)
from interaction.workflow.activities import ACTIVITY
from portal import clock


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Phases of approved activities, as at this moment."""

    def approved(self) -> "ActivityQuerySet":
        return self.filter(state=ActivityState.APPROVED)

    def in_phase(self, phase: Phase) -> "ActivityQuerySet":
        return self.approved().filter(in_phase(phase, clock.now()))


def in_phase(phase: Phase, now: datetime) -> Q:
    """Which activities are in `phase` at `now`: an early end closes, whatever the dates say."""
    if phase == Phase.COMING:
        return Q(ended_at=None, opens_at__gt=now)
    if phase == Phase.OPEN:
        return Q(ended_at=None, opens_at__lte=now, closes_at__gt=now)
    return Q(ended_at__isnull=False) | Q(closes_at__lte=now)


class Activity(models.Model):
    """活动: what a poll, survey, consultation, interview or exam is before its content: who holds it, for whom, when.

    It opens at `opens_at` and is over at `closes_at`, or at `ended_at` where it was ended early.
    """

    kind = models.CharField("类型", max_length=12, choices=ActivityKind.choices)
    site = models.ForeignKey("portal.Site", models.PROTECT, related_name="activities", verbose_name="站点")
    title = models.CharField("标题", max_length=120)
    intro = models.TextField("说明", blank=True)
    department = models.ForeignKey(
        "portal.Department", models.PROTECT, related_name="+", verbose_name="主办单位"
    )
    participants = models.CharField(
        "参加范围", max_length=12, choices=Participants.choices, default=Participants.STAFF
    )
    departments = models.ManyToManyField(
        "portal.Department", blank=True, related_name="+", verbose_name="指定部门"
    )
    opens_at = models.DateTimeField("开始时间", null=True, blank=True)
    closes_at = models.DateTimeField("截止时间", null=True, blank=True)
    clause = models.CharField("依据", max_length=120, blank=True)
    copy_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="copies", verbose_name="复制自"
    )
    state = models.CharField(
        "状态", max_length=10, choices=ActivityState.choices, default=ActivityState.DRAFT
    )
    version = models.PositiveIntegerField("保存次数", default=1)

    writers = models.ManyToManyField("portal.User", blank=True, related_name="+", verbose_name="编写人")
    created_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="建立人")
    created_at = models.DateTimeField("建立时间")
    saved_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="最后保存人")
    saved_at = models.DateTimeField("最后保存")
    reported_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="提交人"
    )
    reported_at = models.DateTimeField("提交时间", null=True, blank=True)
    decided_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审核人"
    )
    decided_at = models.DateTimeField("审核时间", null=True, blank=True)
    ended_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="提前结束人"
    )
    ended_at = models.DateTimeField("提前结束时间", null=True, blank=True)
    results_published_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="结果公布人"
    )
    results_published_at = models.DateTimeField("结果公布时间", null=True, blank=True)
    results_kept_at = models.DateTimeField("决定不公布结果的时间", null=True, blank=True)

    objects = ActivityQuerySet.as_manager()
    workflow = ACTIVITY

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                name="activity_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=~Q(state=ActivityState.APPROVED)
                | Q(opens_at__isnull=False, closes_at__isnull=False),
                name="activity_approved_with_dates",
            ),
        ]
        indexes = [
            models.Index(fields=["site", "kind", "state", "-closes_at"], name="activity_public_list"),
            models.Index(fields=["state", "site", "-id"], name="activity_desk_list"),
        ]
        verbose_name = verbose_name_plural = "活动"

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return self.site.url(f"{ActivityKind(self.kind).segment}/{self.pk}/")

    @property
    def desk_url(self) -> str:
        return reverse("desk:activity", args=[self.pk])

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE_STATES

    @property
    def over_at(self) -> datetime | None:
        """When it was over, or will be."""
        return self.ended_at or self.closes_at

    @property
    def phase(self) -> Phase | None:
        """By its dates, as at this moment; None before it is approved. What was withdrawn is over for good."""
        if self.state == ActivityState.WITHDRAWN:
            return Phase.CLOSED
        if self.state != ActivityState.APPROVED:
            return None
        now = clock.now()
        if self.ended_at or self.closes_at <= now:
            return Phase.CLOSED
        return Phase.OPEN if self.opens_at <= now else Phase.COMING

    @property
    def standing(self) -> Phase | ActivityState:
        """How it stands in one word: by its dates once approved, by its state otherwise."""
        phase = self.phase if self.state == ActivityState.APPROVED else None
        return phase or ActivityState(self.state)

    @cached_property
    def named(self) -> list:
        """The departments that are invited, where only some are."""
        return list(self.departments.all())

    @cached_property
    def writer_ids(self) -> set[int]:
        """Ids of everybody who wrote or reported it, or in whose place that was done: they may not approve it."""
        return set(self.writers.order_by().values_list("pk", flat=True))


OVER = Coalesce("ended_at", "closes_at")
"""When an approved activity is over, as part of a query."""
