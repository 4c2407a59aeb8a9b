from ckeditor.fields import RichTextField
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from simple_history.models import HistoricalRecords

from portal.models import Site
from publishing.enums import EDITABLE_STATES, OPEN_STATES, RevisionState
from publishing.workflow import REVISION


class Revision(models.Model):
    """修订: one text on its way. Readers see it only once published; the live page stands until then."""

    article = models.ForeignKey("publishing.Article", models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField("修订号", default=1)
    state = models.CharField(
        "状态", max_length=10, choices=RevisionState.choices, default=RevisionState.DRAFT
    )
    version = models.PositiveIntegerField("保存次数", default=1)

    column = models.ForeignKey("columns.Column", models.PROTECT, related_name="+", verbose_name="栏目")
    title = models.CharField("标题", max_length=120)
    body = RichTextField("正文", blank=True)
    summary = models.CharField("摘要", max_length=200, blank=True)
    author_name = models.CharField("作者", max_length=60, blank=True)
    is_reprint = models.BooleanField("转载", default=False)
    source_name = models.CharField("来源", max_length=80, blank=True)
    department = models.ForeignKey(
        "portal.Department", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="报送部门"
    )
    written_on = models.DateField("成文日期", null=True, blank=True)
    cover = models.ForeignKey(
        "portal.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="题图"
    )
    pictures = models.ManyToManyField(
        "portal.StoredFile", blank=True, related_name="+", verbose_name="正文图片"
    )
    is_headline = models.BooleanField("推荐为头条", default=False)

    created_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+")
    saved_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="最后保存人")
    saved_for = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="代谁保存"
    )
    saved_at = models.DateTimeField("最后保存")
    reported_by = models.ForeignKey("portal.User", models.PROTECT, null=True, blank=True, related_name="+")
    reported_for = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="代谁报送"
    )
    reported_at = models.DateTimeField("报送时间", null=True, blank=True)
    scheduled_at = models.DateTimeField("定时发布", null=True, blank=True)
    published_by = models.ForeignKey("portal.User", models.PROTECT, null=True, blank=True, related_name="+")
    published_for = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="代谁发布"
    )
    published_at = models.DateTimeField("发布时间", null=True, blank=True)

    history = HistoricalRecords()
    workflow = REVISION

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="revision_number_once"),
            models.UniqueConstraint(
                fields=["article"], condition=Q(state__in=OPEN_STATES), name="one_open_revision"
            ),
        ]
        indexes = [
            models.Index(fields=["scheduled_at"], condition=Q(state="SCHEDULED"), name="revision_scheduled"),
            models.Index(fields=["state", "column", "-id"], name="revision_queue"),
        ]
        verbose_name = verbose_name_plural = "修订"

    def __str__(self) -> str:
        return self.title

    @property
    def site(self) -> Site:
        """Where its audit entries belong."""
        return self.column.site

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE_STATES

    @cached_property
    def writers(self) -> set[int]:
        """Ids of everybody who wrote this text or in whose place it was written: they may not approve it."""
        saved = {pk for row in self.history.values_list("saved_by_id", "saved_for_id") for pk in row}
        return {self.created_by_id, self.saved_by_id, self.saved_for_id, *saved} - {None}

    @property
    def authors(self) -> set[int]:
        """The writers, whoever reported it, and whoever contributed it: nobody decides about their own text."""
        others = {self.reported_by_id, self.reported_for_id, self.article.contributed_by_id}
        return (self.writers | others) - {None}


class Attachment(models.Model):
    """附件: a file offered below the text of one revision."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="attachments")
    file = models.ForeignKey("portal.StoredFile", models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["revision", "file"], name="attached_once")]
        verbose_name = verbose_name_plural = "附件"

    def __str__(self) -> str:
        return self.file.name
