from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from assessment.enums.bulletins import BulletinKind, BulletinState
from assessment.workflow.bulletins import BULLETIN


class Bulletin(models.Model):
    """通报: 月排名, 季通报 or 年考评 (石家庄第二十六条, 质监第二十二条, 本溪(三)).

    Its figures are read anew while it is a draft; `content` keeps what was issued (`portal.documents.parts` as JSON).
    """

    kind = models.CharField("类别", max_length=10, choices=BulletinKind.choices)
    scheme = models.ForeignKey(
        "assessment.Scheme", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="计分办法"
    )
    starts_on = models.DateField("自")
    ends_on = models.DateField("至")
    title = models.CharField("标题", max_length=80)
    number = models.CharField("文号", max_length=40, blank=True)
    masthead = models.CharField("发文机关标志", max_length=40)
    addressed = models.CharField("主送", max_length=80, blank=True)
    opening = models.TextField("引言", blank=True)
    closing = models.TextField("下一步要求", blank=True)
    signed = models.CharField("署名", max_length=40)
    state = models.CharField(
        "状态", max_length=10, choices=BulletinState.choices, default=BulletinState.DRAFT
    )
    is_public = models.BooleanField("在网站公布", default=True)
    version = models.PositiveIntegerField(default=1)
    content = models.JSONField("印发内容", default=list, blank=True)
    drafted_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="拟稿人")
    drafted_at = models.DateTimeField("拟稿时间")
    issued_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="印发人"
    )
    issued_at = models.DateTimeField("印发时间", null=True, blank=True)

    workflow = BULLETIN

    class Meta:
        ordering = ["-ends_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="bulletin_ends_after_start")
        ]
        indexes = [models.Index(fields=["state", "is_public", "-ends_on"], name="bulletin_public_list")]
        verbose_name = verbose_name_plural = "通报"

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("bulletin", args=[self.pk])

    @property
    def desk_url(self) -> str:
        return reverse("desk:bulletin", args=[self.pk])
