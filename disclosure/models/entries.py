from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from disclosure.enums.catalogue import RUNS_OUT, PageKind, Publicity, Validity
from disclosure.workflow.catalogue import VALIDITY


class CatalogueEntry(models.Model):
    """公开目录条目 (福建第三十、三十一条). Its text is an article, which travels the review of its column; the entry is
    what is known of the document, and stays when the text is withdrawn. What is not open has no article.

    `public_at` repeats when the article went online, None while it is not. `listed_at` is what the public lists filter
    and order by: since when the entry stands there, with its text or, where it is given on request, without.
    """

    site = models.ForeignKey("portal.Site", models.PROTECT, related_name="entries", verbose_name="站点")
    category = models.ForeignKey(
        "disclosure.Category", models.PROTECT, related_name="entries", verbose_name="类别"
    )
    issuer = models.ForeignKey("portal.Department", models.PROTECT, related_name="+", verbose_name="发布机构")
    year = models.PositiveSmallIntegerField("年度")
    serial = models.PositiveIntegerField("流水号")
    index_number = models.CharField("索引号", max_length=60, unique=True)
    title = models.CharField("名称", max_length=120)
    document_number = models.CharField("文号", max_length=60, blank=True)
    genre = models.CharField("体裁", max_length=20, blank=True)
    theme = models.CharField("主题分类", max_length=40, blank=True)
    theme_words = models.CharField("主题词", max_length=120, blank=True)
    medium = models.CharField("载体形式", max_length=20, default="电子文档")
    made_on = models.DateField("成文日期")
    effective_on = models.DateField("施行日期", null=True, blank=True)
    expires_on = models.DateField("有效期至", null=True, blank=True)
    publicity = models.CharField("公开属性", max_length=10, choices=Publicity.choices)
    ground = models.CharField("不予公开的依据", max_length=200, blank=True)
    is_normative = models.BooleanField("行政规范性文件", default=False)
    validity = models.CharField("有效性", max_length=10, choices=Validity.choices, default=Validity.IN_FORCE)
    validity_on = models.DateField("有效性变动日期", null=True, blank=True)
    validity_note = models.CharField("变动说明", max_length=200, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name="替代文件"
    )
    article = models.OneToOneField(
        "publishing.Article", models.PROTECT, null=True, blank=True, related_name="entry", verbose_name="全文"
    )
    public_at = models.DateTimeField("公开时间", null=True, blank=True)
    listed_at = models.DateTimeField("列入公开目录", null=True, blank=True, editable=False)
    version = models.PositiveIntegerField("保存次数", default=1)
    words = models.TextField("检索用字", blank=True, editable=False)
    registered_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="编目人")
    registered_at = models.DateTimeField("编目时间")

    limits = GenericRelation("portal.Limit", "subject_id", "subject_type")
    history = HistoricalRecords(excluded_fields=["words"])
    workflow = VALIDITY
    state_field = "validity"

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "year", "serial"], name="index_number_of_issuer"),
            models.UniqueConstraint(
                fields=["issuer", "document_number"],
                condition=~Q(document_number=""),
                name="document_number_once",
            ),
            models.CheckConstraint(
                condition=~Q(publicity=Publicity.CLOSED) | ~Q(ground=""), name="closed_with_ground"
            ),
            models.CheckConstraint(
                condition=Q(publicity=Publicity.OPEN) | Q(article=None), name="only_open_ones_have_a_text"
            ),
            models.CheckConstraint(condition=~Q(successor=F("id")), name="not_its_own_successor"),
        ]
        indexes = [
            models.Index(
                fields=["site", "-listed_at", "-id"],
                condition=Q(listed_at__isnull=False),
                name="entry_public_list",
            ),
            models.Index(
                fields=["category", "-listed_at", "-id"],
                condition=Q(listed_at__isnull=False),
                name="entry_category_list",
            ),
            models.Index(fields=["site", "-id"], name="entry_desk_list"),
            models.Index(
                fields=["site", "-id"],
                condition=Q(publicity=Publicity.OPEN, public_at=None),
                name="entry_waiting",
            ),
            models.Index(fields=["site", "document_number"], name="entry_document_number"),
            models.Index(
                fields=["expires_on"],
                condition=Q(validity__in=RUNS_OUT, expires_on__isnull=False),
                name="entry_expiring",
            ),
        ]
        verbose_name = verbose_name_plural = "公开目录"

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return self.site.url(f"disclosure/e/{self.pk}/")

    @property
    def desk_url(self) -> str:
        return reverse("desk:entry", args=[self.pk])

    @property
    def state(self) -> str:
        """有效性 is what moves: `portal.workflow` knows it by this name."""
        return self.validity

    @state.setter
    def state(self, target: str) -> None:
        self.validity = target

    def get_state_display(self) -> str:
        return self.get_validity_display()


class ValidityChange(models.Model):
    """有效性变动: one line of an entry's history, as readers see it."""

    entry = models.ForeignKey(CatalogueEntry, models.CASCADE, related_name="changes")
    validity = models.CharField("有效性", max_length=10, choices=Validity.choices)
    on = models.DateField("变动日期")
    note = models.CharField("变动说明", max_length=200)
    successor = models.ForeignKey(
        CatalogueEntry, models.PROTECT, null=True, related_name="+", verbose_name="替代文件"
    )
    by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="经办人")
    at = models.DateTimeField("登记时间")

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = "有效性变动"

    def __str__(self) -> str:
        return f"{self.get_validity_display()}（{self.on:%Y-%m-%d}）"


class Interpretation(models.Model):
    """政策解读: an article that explains an entry; each shows the other."""

    entry = models.ForeignKey(CatalogueEntry, models.CASCADE, related_name="interpretations")
    article = models.ForeignKey("publishing.Article", models.CASCADE, related_name="interprets")
    added_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["entry", "article"], name="interpretation_once")]
        verbose_name = verbose_name_plural = "政策解读"

    def __str__(self) -> str:
        return f"{self.article}"


class LeftOut(models.Model):
    """不需编目: an article of a category's column that is no document of its own, so nobody waits for its entry."""

    article = models.OneToOneField(
        "publishing.Article", models.CASCADE, related_name="left_out", verbose_name="稿件"
    )
    reason = models.CharField("理由", max_length=100)
    by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="经办人")
    at = models.DateTimeField("登记时间")

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "不需编目"

    def __str__(self) -> str:
        return str(self.article)


class DisclosurePage(models.Model):
    """公开指南、公开制度、公开年报: an article that disclosure shows among its own."""

    site = models.ForeignKey(
        "portal.Site", models.PROTECT, related_name="disclosure_pages", verbose_name="站点"
    )
    kind = models.CharField("类别", max_length=8, choices=PageKind.choices)
    article = models.OneToOneField(
        "publishing.Article", models.PROTECT, related_name="disclosure_page", verbose_name="文章"
    )

    class Meta:
        ordering = ["kind", "-id"]
        verbose_name = verbose_name_plural = "公开专页"

    def __str__(self) -> str:
        return str(self.article)
