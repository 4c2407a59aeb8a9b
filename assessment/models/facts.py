from django.db import models
from django.db.models import Q

from assessment.enums.facts import EventKind, Verdict


class Publication(models.Model):
    """发布事实: one published revision, once, with the unit it is credited to on that day.

    `at` is the system's own time of publishing (`written_on` of the text counts for nothing), so nothing can be dated
    back; `unit`, `column` and `site` stay as they were on that day, whatever moves later.
    """

    revision = models.OneToOneField("publishing.Revision", models.PROTECT, related_name="+")
    article = models.ForeignKey("publishing.Article", models.PROTECT, related_name="publications")
    site = models.ForeignKey("portal.Site", models.PROTECT, related_name="+", verbose_name="站点")
    column = models.ForeignKey("columns.Column", models.PROTECT, related_name="+", verbose_name="栏目")
    unit = models.ForeignKey("portal.Department", models.PROTECT, related_name="+", verbose_name="计分单位")
    kind = models.CharField("类别", max_length=6, choices=EventKind.choices)
    is_reprint = models.BooleanField("转载", default=False)
    at = models.DateTimeField("发布时间")
    on = models.DateField("发布日期")
    title_key = models.CharField("去序号的标题", max_length=120, blank=True)
    shape = models.BigIntegerField("文字指纹", default=0)
    size = models.PositiveIntegerField("字数", default=0)
    verdict = models.CharField("计分", max_length=10, choices=Verdict.choices, default=Verdict.COUNTED)
    like = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="与哪件相似"
    )
    overruled_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="改判人"
    )
    overruled_at = models.DateTimeField("改判时间", null=True, blank=True)
    overruled_note = models.CharField("改判理由", max_length=200, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(
                fields=["on", "unit"],
                condition=Q(kind=EventKind.FIRST, verdict=Verdict.COUNTED),
                name="publication_counted",
            ),
            models.Index(fields=["column", "on"], name="publication_column"),
            models.Index(fields=["unit", "on"], name="publication_unit"),
            models.Index(fields=["at"], name="publication_at"),
            models.Index(fields=["title_key", "on"], name="publication_title"),
            models.Index(fields=["shape", "on"], name="publication_shape"),
        ]
        verbose_name = verbose_name_plural = "发布事实"

    def __str__(self) -> str:
        return self.title_key or str(self.pk)
