from django.db import models
from django.db.models import Q

from interaction.enums.contributions import ContributionState
from interaction.workflow.contributions import CONTRIBUTION
from publishing.enums import ArticleState


class Contribution(models.Model):
    """投稿: a text that a reader wrote for a column. Adopted, it becomes a draft that travels the column's route."""

    site = models.ForeignKey("portal.Site", models.PROTECT, related_name="+", verbose_name="站点")
    column = models.ForeignKey("columns.Column", models.PROTECT, related_name="+", verbose_name="栏目")
    title = models.CharField("标题", max_length=120)
    body = models.TextField("正文", help_text="规范样式的 HTML")
    author_name = models.CharField("作者", max_length=60)
    is_reprint = models.BooleanField("转载", default=False)
    source_name = models.CharField("出处", max_length=80, blank=True)
    contributor = models.ForeignKey(
        "portal.User", models.PROTECT, related_name="contributions", verbose_name="投稿人"
    )
    department = models.ForeignKey(
        "portal.Department", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="当时部门"
    )
    at = models.DateTimeField("投稿时间")
    state = models.CharField(
        "状态", max_length=10, choices=ContributionState.choices, default=ContributionState.SUBMITTED
    )
    article = models.OneToOneField(
        "publishing.Article", models.PROTECT, null=True, blank=True, related_name="contribution"
    )
    told_at = models.DateTimeField("告知发布", null=True, blank=True)
    decided_by = models.ForeignKey("portal.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_for = models.ForeignKey("portal.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("处理时间", null=True, blank=True)
    reason = models.TextField("理由", blank=True)
    key = models.UUIDField(editable=False)

    workflow = CONTRIBUTION

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["contributor", "key"], name="contributed_once"),
            models.CheckConstraint(
                condition=Q(state="ADOPTED", article__isnull=False) | (~Q(state="ADOPTED") & Q(article=None)),
                name="adopted_as_an_article",
            ),
        ]
        indexes = [
            models.Index(fields=["column"], condition=Q(state="SUBMITTED"), name="contribution_waiting"),
            models.Index(
                fields=["article"], condition=Q(state="ADOPTED", told_at=None), name="contribution_to_tell"
            ),
        ]
        verbose_name = verbose_name_plural = "投稿"

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where its author follows it."""
        return self.site.url(f"contributions/{self.pk}/")

    @property
    def is_live(self) -> bool:
        return self.article is not None and self.article.state == ArticleState.LIVE

    @property
    def stands(self) -> str:
        """Where it is, in words: an adopted one goes on as its article does."""
        if self.article is None or self.article.state == ArticleState.NEW:
            return str(self.get_state_display())
        return str(self.article.get_state_display())
