from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from disclosure.enums.reports import ReportKind, ReportState
from disclosure.workflow.reports import REPORT


class AnnualReport(models.Model):
    """年度报告 of a site and a year (条例第四十九、五十条), and the website's 年度报表. What is computed is read from the
    records while it is a draft; issued, `snapshot` holds it with its checks, and `digest` proves it.

    `texts`: part → text; `entered`: what only the office knows (table 2), key → its number, by whom and when.
    """

    site = models.ForeignKey(
        "portal.Site", models.PROTECT, related_name="annual_reports", verbose_name="站点"
    )
    year = models.PositiveSmallIntegerField("年度")
    kind = models.CharField("种类", max_length=10, choices=ReportKind.choices)
    state = models.CharField("状态", max_length=8, choices=ReportState.choices, default=ReportState.DRAFT)
    version = models.PositiveIntegerField("保存次数", default=1)
    texts = models.JSONField("文字部分", default=dict)
    entered = models.JSONField("填报数", default=dict)
    snapshot = models.JSONField("发布时的数据", default=dict)
    digest = models.CharField("校验值", max_length=64, blank=True)
    saved_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="编制人")
    saved_at = models.DateTimeField("保存时间")
    issued_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签发人"
    )
    issued_at = models.DateTimeField("发布时间", null=True, blank=True)

    history = HistoricalRecords(excluded_fields=["snapshot"])
    workflow = REPORT

    class Meta:
        ordering = ["-year", "kind"]
        constraints = [models.UniqueConstraint(fields=["site", "year", "kind"], name="annual_report_once")]
        verbose_name = verbose_name_plural = "年度报告"

    def __str__(self) -> str:
        return f"{self.year} 年{self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        """Under the desk; the website's form is composed one storey up, where all its counters are seen."""
        name = "annual_report" if self.kind == ReportKind.DISCLOSURE else "website_report"
        return reverse(f"desk:{name}", args=[self.pk])

    @property
    def public_url(self) -> str:
        path = "disclosure/reports" if self.kind == ReportKind.DISCLOSURE else "website-reports"
        return self.site.url(f"{path}/{self.year}/")

    @property
    def writers(self) -> set[int]:
        """Ids of everybody who wrote or entered something: they may not issue it."""
        saved = set(self.history.values_list("saved_by_id", flat=True))
        return {self.saved_by_id, *saved} - {None}
