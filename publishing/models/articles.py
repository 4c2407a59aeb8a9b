from django.db import models
from django.db.models import Q

from publishing.enums import ArticleState


class ArticleQuerySet(models.QuerySet):
    def live(self) -> "ArticleQuerySet":
        return self.filter(state=ArticleState.LIVE)

    def newest_first(self) -> "ArticleQuerySet":
        return self.order_by("-published_at", "-id")


class Article(models.Model):
    """信息/稿件: the public face. Its fields are those of the published revision, copied when that was published."""

    site = models.ForeignKey("portal.Site", models.PROTECT, related_name="articles", verbose_name="站点")
    column = models.ForeignKey("columns.Column", models.PROTECT, related_name="articles", verbose_name="栏目")
    state = models.CharField("状态", max_length=10, choices=ArticleState.choices, default=ArticleState.NEW)
    title = models.CharField("标题", max_length=120)
    summary = models.CharField("摘要", max_length=200, blank=True)
    author_name = models.CharField("作者", max_length=60, blank=True)
    source_name = models.CharField("来源", max_length=80, blank=True)
    department = models.ForeignKey(
        "portal.Department", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="报送部门"
    )
    cover = models.ForeignKey("portal.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")
    is_headline = models.BooleanField("头条", default=False)
    published_revision = models.OneToOneField(
        "publishing.Revision", models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    revised_at = models.DateTimeField("更新时间", null=True, blank=True)
    created_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="采集人")
    contributed_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="投稿人"
    )
    created_at = models.DateTimeField("建立时间")
    import_key = models.CharField(max_length=64, blank=True, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["column", "import_key"], condition=~Q(import_key=""), name="imported_once"
            )
        ]
        indexes = [
            models.Index(fields=["import_key"], name="article_import_key"),
            models.Index(
                fields=["column", "-published_at", "-id"],
                condition=Q(state="LIVE"),
                name="article_column_list",
            ),
            models.Index(
                fields=["site", "-published_at", "-id"], condition=Q(state="LIVE"), name="article_site_list"
            ),
            models.Index(
                fields=["site", "-published_at", "-id"],
                condition=Q(state="LIVE", is_headline=True),
                name="article_headlines",
            ),
            models.Index(
                fields=["site", "-published_at", "-id"],
                condition=Q(state="LIVE", cover__isnull=False),
                name="article_pictures",
            ),
        ]
        verbose_name = verbose_name_plural = "稿件"

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return self.site.url(f"a/{self.pk}/")
