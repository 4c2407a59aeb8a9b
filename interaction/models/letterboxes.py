from django.core.validators import URLValidator
from django.db import models

from interaction.enums.letters import ClockStart, LetterKind


class Letterbox(models.Model):
    """信箱: whom a letter reaches, who decides where it belongs, who approves an answer. Data of a preset."""

    site = models.ForeignKey("portal.Site", models.PROTECT, related_name="letterboxes", verbose_name="站点")
    key = models.SlugField("代码", max_length=40)
    name = models.CharField("名称", max_length=40)
    intro = models.TextField("说明", blank=True)
    position = models.PositiveIntegerField("次序", default=10)
    is_open = models.BooleanField("开放写信", default=True)
    receiver = models.ForeignKey(
        "portal.Department", models.PROTECT, related_name="+", verbose_name="受理部门"
    )
    office = models.ForeignKey("portal.Department", models.PROTECT, related_name="+", verbose_name="协调部门")
    writer_picks = models.BooleanField("来信人选择部门", default=False)
    needs_sign_in = models.BooleanField("须登录", default=False)
    takes_files = models.BooleanField("可带附件", default=False)
    may_publish = models.BooleanField("可选登办理结果", default=True)
    route = models.ForeignKey(
        "columns.ReviewRoute",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="答复审批路线",
        help_text="空：承办部门直接答复",
    )
    clock_start = models.CharField(
        "起算", max_length=12, choices=ClockStart.choices, default=ClockStart.RECEIPT
    )
    receive_days = models.PositiveSmallIntegerField("受理时限（工作日）", null=True, blank=True)
    refer_days = models.PositiveSmallIntegerField("转办时限（工作日）", null=True, blank=True)
    upward_days = models.PositiveSmallIntegerField("请示时限（工作日）", null=True, blank=True)
    reopen_days = models.PositiveSmallIntegerField("可要求再次办理（日）", null=True, blank=True)
    is_looked_at_daily = models.BooleanField("每个工作日查看并登记", default=False)
    stream_url = models.CharField(
        "直播地址", max_length=200, blank=True, validators=[URLValidator(["http", "https"])]
    )
    clause = models.CharField("依据", max_length=120)

    class Meta:
        ordering = ["site", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["site", "key"], name="letterbox_once")]
        verbose_name = verbose_name_plural = "信箱"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return self.site.url(f"mailbox/{self.key}/")


class Matter(models.Model):
    """来信类别: what can be written about, and in how many working days it is answered."""

    letterbox = models.ForeignKey(Letterbox, models.CASCADE, related_name="matters", verbose_name="信箱")
    key = models.SlugField("代码", max_length=40)
    name = models.CharField("类别", max_length=40)
    kind = models.CharField("性质", max_length=12, choices=LetterKind.choices)
    items = models.TextField("事项清单", blank=True, help_text="一行一项，写信时供来信人对照")
    answer_days = models.PositiveSmallIntegerField("答复时限（工作日）")
    clause = models.CharField("依据", max_length=120)
    position = models.PositiveIntegerField("次序", default=10)
    is_active = models.BooleanField("启用", default=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["letterbox", "key"], name="matter_once")]
        verbose_name = verbose_name_plural = "来信类别"

    def __str__(self) -> str:
        return self.name

    @property
    def item_list(self) -> list[str]:
        return [line.strip() for line in self.items.splitlines() if line.strip()]


class LetterboxLook(models.Model):
    """查看登记: who looked at the letterbox first on a day (常山(十): 每个工作日由专人查看一次)."""

    letterbox = models.ForeignKey(Letterbox, models.PROTECT, related_name="looks")
    day = models.DateField("日期")
    by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="查看人")
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["letterbox", "day"], name="looked_at_once_a_day")]
        verbose_name = verbose_name_plural = "查看登记"

    def __str__(self) -> str:
        return f"{self.letterbox} {self.day:%Y-%m-%d}"
