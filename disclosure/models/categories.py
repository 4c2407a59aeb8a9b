from django.core.validators import RegexValidator
from django.db import models

CODE = r"^[0-9A-Z]+$"


class Category(models.Model):
    """公开目录的类别: a tree of one site (江苏附件一局务公开: 事权、人事、财务、热点、党务). Data of a preset."""

    site = models.ForeignKey("portal.Site", models.PROTECT, related_name="categories", verbose_name="站点")
    key = models.SlugField("网址代码", max_length=40)
    code = models.CharField(
        "索引号类别代码",
        max_length=8,
        default="00",
        validators=[RegexValidator(CODE, "只能用数字和大写字母")],
    )
    name = models.CharField("名称", max_length=40)
    column = models.ForeignKey(
        "columns.Column",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="对应栏目",
        help_text="栏目里发布的稿件列入待编目",
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级类别"
    )
    position = models.PositiveIntegerField("次序", default=10)
    note = models.TextField("公开内容", blank=True)
    period = models.CharField("公开时限", max_length=40, blank=True)
    clause = models.CharField("依据", max_length=120, blank=True)
    is_active = models.BooleanField("启用", default=True)

    class Meta:
        ordering = ["site", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["site", "key"], name="category_once")]
        verbose_name = verbose_name_plural = "公开类别"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return self.site.url(f"disclosure/c/{self.key}/")


class CategoryDuty(models.Model):
    """政府信息公开责任分工 (附件二的样式): which department makes one category public, along which review route."""

    category = models.ForeignKey(Category, models.CASCADE, related_name="duties", verbose_name="类别")
    department = models.ForeignKey(
        "portal.Department", models.PROTECT, related_name="+", verbose_name="责任部门"
    )
    route = models.ForeignKey(
        "columns.ReviewRoute",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="审核路线",
    )
    leads = models.BooleanField("牵头", default=True)
    clause = models.CharField("依据", max_length=120, blank=True)

    class Meta:
        ordering = ["category", "-leads", "department"]
        constraints = [models.UniqueConstraint(fields=["category", "department"], name="category_duty_once")]
        verbose_name = verbose_name_plural = "公开责任分工"

    def __str__(self) -> str:
        return f"{self.category}：{self.department}"


class Issuer(models.Model):
    """发布机构 beside the organ itself: a body with a name of its own on documents, and its code in index numbers."""

    office = models.ForeignKey(
        "disclosure.Office", models.CASCADE, related_name="issuers", verbose_name="公开工作机构"
    )
    department = models.OneToOneField(
        "portal.Department", models.PROTECT, related_name="+", verbose_name="发布机构"
    )
    code = models.CharField(
        "索引号机关代码",
        max_length=20,
        unique=True,
        validators=[RegexValidator(CODE, "只能用数字和大写字母")],
    )
    is_active = models.BooleanField("启用", default=True)

    class Meta:
        ordering = ["office", "code"]
        verbose_name = verbose_name_plural = "发布机构"

    def __str__(self) -> str:
        return f"{self.department}（{self.code}）"


class IndexYear(models.Model):
    """The last index number that an issuer took in a year: locked while the next is taken, so that there is no gap."""

    issuer = models.ForeignKey("portal.Department", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "year"], name="index_year_once")]

    def __str__(self) -> str:
        return f"{self.issuer} {self.year}"
