from django.db import models
from simple_history.models import HistoricalRecords
from tree_queries.models import TreeNode

from columns.enums import ColumnKind, Placement, Readers
from portal import clock
from portal.enums import Power


class Column(TreeNode):
    """栏目: a node of one site's tree. Its address is its slug, so moving or renaming never breaks a link."""

    site = models.ForeignKey("portal.Site", models.PROTECT, related_name="columns", verbose_name="站点")
    name = models.CharField("名称", max_length=40)
    slug = models.SlugField("地址", max_length=60)
    kind = models.CharField("类型", max_length=12, choices=ColumnKind.choices, default=ColumnKind.ARTICLES)
    placement = models.CharField("位置", max_length=12, choices=Placement.choices, default=Placement.MENU)
    position = models.PositiveIntegerField("次序", default=10)
    content_note = models.TextField("栏目内容", blank=True)
    format_note = models.TextField("材料格式描述", blank=True)
    readers = models.CharField("读者", max_length=12, choices=Readers.choices, default=Readers.EVERYONE)
    reader_departments = models.ManyToManyField("portal.Department", blank=True, verbose_name="指定部门")
    takes_comments = models.BooleanField("开放评论", default=False)
    takes_contributions = models.BooleanField("接受投稿", default=False)
    route = models.ForeignKey(
        "columns.ReviewRoute",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="审核路线",
        help_text="空：随上级栏目",
    )
    update_class = models.CharField(
        "信息类别", max_length=20, blank=True, help_text="更新时限按类别规定的，随上级栏目；空：随上级栏目"
    )
    clause = models.CharField("依据", max_length=120, blank=True)
    made_on = models.DateField("建立日期", default=clock.today, editable=False)

    history = HistoricalRecords()

    class Meta:
        ordering = ["site", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["site", "slug"], name="column_slug_per_site")]
        permissions = Power.choices
        verbose_name = verbose_name_plural = "栏目"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return self.site.url(f"c/{self.slug}/")


class Responsibility(models.Model):
    """信息维护分工表: what one department does for one column (实施意见三(二), 办法第七条、第十六条; 石家庄第十三条).

    A duty covers the sub-columns too, unless a sub-column has a row of its own for that duty: see `columns.duties`.
    """

    column = models.ForeignKey(Column, models.CASCADE, related_name="responsibilities")
    department = models.ForeignKey("portal.Department", models.CASCADE, related_name="responsibilities")
    collects = models.BooleanField("采集", default=False)
    reviews = models.BooleanField("审核", default=False)
    publishes = models.BooleanField("发布", default=False)
    answers = models.BooleanField("答复", default=False)
    clause = models.CharField("依据", max_length=120, blank=True)

    class Meta:
        ordering = ["column", "department"]
        constraints = [
            models.UniqueConstraint(fields=["column", "department"], name="responsibility_once"),
            models.CheckConstraint(
                condition=models.Q(collects=True)
                | models.Q(reviews=True)
                | models.Q(publishes=True)
                | models.Q(answers=True),
                name="responsibility_for_something",
            ),
        ]
        verbose_name = verbose_name_plural = "分工"

    def __str__(self) -> str:
        return f"{self.department}：{self.column}"
