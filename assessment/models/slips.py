from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse

from assessment.enums.slips import MentionKind, MentionState, RectificationState, SlipState
from assessment.workflow.slips import MENTION, RECTIFICATION, SLIP
from portal import clock
from portal.models import Site


class SlipYear(models.Model):
    """How many slips a year has: locked while one is numbered, so that no number is missing or given twice."""

    year = models.PositiveSmallIntegerField("年份", unique=True)
    last = models.PositiveIntegerField("最后一号", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "提醒单编号"

    def __str__(self) -> str:
        return f"{self.year} 年 {self.last} 号"


class ReminderSlip(models.Model):
    """提醒单: a column, or a whole site, that its unit let lie, told with a deadline; the outcome is found by the system.

    石家庄第十五条. `target` names the rule and what it binds, so that one silence has one open slip; `level` counts
    the slips of one silence: the first, the second after a lapse, and so on. What the rule said is copied:
    a slip reads the same after the rule has changed.
    """

    number = models.CharField("编号", max_length=32, unique=True)
    site = models.ForeignKey("portal.Site", models.PROTECT, related_name="+", verbose_name="站点")
    column = models.ForeignKey(
        "columns.Column", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="栏目"
    )
    target = models.CharField("提醒对象", max_length=40)
    unit = models.ForeignKey("portal.Department", models.PROTECT, related_name="+", verbose_name="责任单位")
    cadence = models.ForeignKey(
        "columns.Cadence", models.SET_NULL, null=True, related_name="+", verbose_name="更新时限"
    )
    rule = models.CharField("要求", max_length=120)
    clause = models.CharField("依据", max_length=120)
    level = models.PositiveSmallIntegerField("第几次提醒", default=1)
    earlier = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="next_one", verbose_name="上一次提醒"
    )
    since = models.DateField("自何日起未更新")
    issued_at = models.DateTimeField("签发时间")
    due_on = models.DateField("改进期限")
    recipients = models.ManyToManyField(
        "portal.User", blank=True, related_name="reminder_slips", verbose_name="送达人"
    )
    printed_at = models.DateTimeField("打印时间", null=True, blank=True)
    sent_at = models.DateTimeField("推送时间", null=True, blank=True)
    tries = models.PositiveSmallIntegerField("推送次数", default=0)
    acknowledged_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签收人"
    )
    acknowledged_at = models.DateTimeField("签收时间", null=True, blank=True)
    reply = models.TextField("签收说明", blank=True)
    state = models.CharField("状态", max_length=8, choices=SlipState.choices, default=SlipState.ISSUED)
    ended_at = models.DateTimeField("了结时间", null=True, blank=True)
    improved_by = models.ForeignKey(
        "assessment.Publication", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="改进"
    )
    excuse = models.CharField("不予追究的理由", max_length=200, blank=True)

    workflow = SLIP

    class Meta:
        ordering = ["-issued_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["target"], condition=Q(state=SlipState.ISSUED), name="one_open_slip"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state", "-issued_at"], name="slip_of_unit"),
            models.Index(fields=["target", "-id"], name="slip_of_target"),
        ]
        verbose_name = verbose_name_plural = "提醒单"

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("desk:slip", args=[self.pk])

    @property
    def what(self) -> str:
        """The column it is about, or the whole site."""
        return f"{self.site}·{self.column}" if self.column_id else str(self.site)


class Mention(models.Model):
    """通报表扬 or 通报批评: one entry with the rule it met; `key` says what met it, so that it is listed once."""

    key = models.CharField("代码", max_length=120, unique=True)
    kind = models.CharField("类别", max_length=10, choices=MentionKind.choices)
    unit = models.ForeignKey("portal.Department", models.PROTECT, related_name="+", verbose_name="单位")
    column = models.ForeignKey(
        "columns.Column", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="栏目"
    )
    person = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="个人"
    )
    rule = models.CharField("符合的规定", max_length=200)
    clause = models.CharField("依据", max_length=120)
    facts = models.TextField("事实", blank=True)
    url = models.CharField("依据材料", max_length=200, blank=True)
    on = models.DateField("列入日期")
    state = models.CharField("状态", max_length=10, choices=MentionState.choices, default=MentionState.LISTED)
    decided_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认人"
    )
    decided_at = models.DateTimeField("确认时间", null=True, blank=True)
    reason = models.CharField("不列入的理由", max_length=200, blank=True)

    workflow = MENTION

    class Meta:
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["kind", "-on"], name="mention_list")]
        verbose_name = verbose_name_plural = "通报名单"

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.unit}"

    def get_absolute_url(self) -> str:
        return reverse("desk:mention", args=[self.pk])


class Rectification(models.Model):
    """限期整改: what one unit must put right by a day, what it reported, whether that was accepted.

    The day is a limit of the one engine (`portal.limits`); `key` says what asked for it, so that it is asked once.
    """

    key = models.CharField(max_length=120, unique=True)
    unit = models.ForeignKey(
        "portal.Department", models.PROTECT, related_name="rectifications", verbose_name="责任单位"
    )
    subject = models.CharField("整改事项", max_length=120)
    demand = models.TextField("整改要求")
    clause = models.CharField("依据", max_length=120)
    url = models.CharField("来由", max_length=200, blank=True)
    due_on = models.DateField("整改期限")
    state = models.CharField(
        "状态", max_length=10, choices=RectificationState.choices, default=RectificationState.ORDERED
    )
    ordered_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="责令人")
    ordered_at = models.DateTimeField("责令时间")
    report = models.TextField("整改情况", blank=True)
    reported_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="报告人"
    )
    reported_at = models.DateTimeField("报告时间", null=True, blank=True)
    checked_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="复查人"
    )
    checked_at = models.DateTimeField("复查时间", null=True, blank=True)
    files = models.ManyToManyField("portal.StoredFile", blank=True, related_name="+", verbose_name="附件")

    workflow = RECTIFICATION

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["unit", "state", "due_on"], name="rectification_of_unit")]
        verbose_name = verbose_name_plural = "整改"

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("desk:rectification", args=[self.pk])

    def is_late(self, today: date) -> bool:
        return self.state == RectificationState.ORDERED and today > self.due_on

    @property
    def was_late(self) -> bool:
        """Whether the report that stands came after its day."""
        return bool(self.reported_at) and clock.local(self.reported_at).date() > self.due_on


class LinkRemoval(models.Model):
    """大庆第八条: the link of a unit's site on the main home page, warned of, taken away, given back."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="link_removals", verbose_name="站点")
    silent_since = models.DateField("自何日起未维护")
    warned_at = models.DateTimeField("预先告知")
    removed_at = models.DateTimeField("撤消链接", null=True, blank=True)
    restored_at = models.DateTimeField("恢复链接", null=True, blank=True)
    clause = models.CharField("依据", max_length=120)

    class Meta:
        ordering = ["-warned_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["site"], condition=Q(restored_at=None), name="one_open_link_removal"
            )
        ]
        verbose_name = verbose_name_plural = "撤消链接"

    def __str__(self) -> str:
        return f"{self.site}（{self.silent_since:%Y-%m-%d} 起未维护）"
