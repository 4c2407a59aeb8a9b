from django.db import models
from django.db.models import Q
from django.urls import reverse

from portal.enums import INCIDENT_OPEN, TO_THE_POLICE, IncidentKind, IncidentState, Severity
from portal.incident_life import INCIDENT


class IncidentQuerySet(models.QuerySet):
    def open(self) -> "IncidentQuerySet":
        return self.filter(state__in=INCIDENT_OPEN)


class Incident(models.Model):
    """安全事件 (办法第二十一条): found, reported to the leaders at once, handled on record, closed with a result.

    The handling record is its part of the audit trail: every line has its time and its hand, and none can be changed.
    `key`: what the machine that noticed it calls it; of one key there is one open incident, however often it is seen
    (`times`, `seen_at`). `page_kind` and `page_id`: the page concerned (portal.incidents.pages).
    """

    kind = models.CharField("类别", max_length=10, choices=IncidentKind.choices)
    severity = models.CharField("等级", max_length=10, choices=Severity.choices, default=Severity.ORDINARY)
    what = models.TextField("情况")
    site = models.ForeignKey("portal.Site", models.PROTECT, null=True, blank=True, verbose_name="站点")
    page = models.CharField("涉及页面", max_length=200, blank=True)
    page_kind = models.CharField(max_length=20, blank=True)
    page_id = models.PositiveBigIntegerField(null=True, blank=True)
    found_at = models.DateTimeField("发现时间")
    found_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="发现人")
    reported_at = models.DateTimeField("报告局领导时间", null=True, blank=True)
    police_at = models.DateTimeField("公安机关报案记录时间", null=True, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=IncidentState.choices, default=IncidentState.REPORTED
    )
    result = models.TextField("处理结果", blank=True)
    closed_at = models.DateTimeField("结案时间", null=True, blank=True)
    files = models.ManyToManyField("portal.StoredFile", blank=True, related_name="+", verbose_name="佐证")
    key = models.CharField(max_length=120, blank=True)
    times = models.PositiveIntegerField("发现次数", default=1)
    seen_at = models.DateTimeField("最近一次发现")

    objects = IncidentQuerySet.as_manager()
    workflow = INCIDENT

    class Meta:
        ordering = ["-found_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(state__in=INCIDENT_OPEN) & ~Q(key=""),
                name="incident_open_once",
            )
        ]
        indexes = [
            models.Index(fields=["state", "-found_at", "-id"], name="incident_register"),
            models.Index(fields=["page_kind", "page_id"], name="incident_of_page"),
        ]
        verbose_name = verbose_name_plural = "安全事件"

    def __str__(self) -> str:
        words = " ".join(self.what.split())
        return f"{self.get_kind_display()}：{words[:40]}{'…' if len(words) > 40 else ''}"

    def get_absolute_url(self) -> str:
        return reverse("desk:incident", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in INCIDENT_OPEN

    @property
    def wants_police(self) -> bool:
        """并向公安机关报案 (办法第二十一条), and nobody has written yet what came of it."""
        return self.kind in TO_THE_POLICE and self.police_at is None
