from django.db import models

from disclosure.enums.requests import Channel, FeeMode, Receipt


class Office(models.Model):
    """政府信息公开工作机构 of a site, with what its guide and every answer must say. Data of a preset (条例第四条)."""

    site = models.OneToOneField(
        "portal.Site", models.PROTECT, related_name="disclosure_office", verbose_name="站点"
    )
    organ = models.CharField("行政机关全称", max_length=80)
    code = models.CharField("索引号机关代码", max_length=20)
    department = models.ForeignKey(
        "portal.Department", models.PROTECT, related_name="+", verbose_name="公开工作机构"
    )
    address = models.CharField("办公地址", max_length=120)
    postcode = models.CharField("邮政编码", max_length=6, blank=True)
    phone = models.CharField("联系电话", max_length=40)
    fax = models.CharField("传真", max_length=40, blank=True)
    email = models.CharField("电子邮箱", max_length=80, blank=True)
    hours = models.CharField("办公时间", max_length=80)
    review_organ = models.CharField("行政复议机关", max_length=80)
    court = models.CharField("有管辖权的人民法院", max_length=80)
    supervisor = models.CharField("监督投诉机关及电话", max_length=120, blank=True)
    route = models.ForeignKey(
        "columns.ReviewRoute",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="答复审批路线",
    )
    is_open = models.BooleanField("受理网上申请", default=True)

    publish_days = models.PositiveSmallIntegerField("主动公开时限（工作日）")
    answer_days = models.PositiveSmallIntegerField("答复时限（工作日）")
    extension_days = models.PositiveSmallIntegerField("延长答复至多（工作日）")
    correction_notice_days = models.PositiveSmallIntegerField("补正告知时限（工作日）")
    correction_days = models.PositiveSmallIntegerField("补正期限（工作日）")
    consult_days = models.PositiveSmallIntegerField("征求意见期限（工作日）")
    payment_days = models.PositiveSmallIntegerField("缴费期限（工作日）")
    answer_mark = models.CharField("答复文号机关代字", max_length=20)
    review_days = models.PositiveSmallIntegerField("申请行政复议期限（日）")
    suit_months = models.PositiveSmallIntegerField("提起行政诉讼期限（个月）")
    suit_days = models.PositiveSmallIntegerField("复议后提起诉讼期限（日）")
    review_first = models.JSONField("须先申请复议的答复", default=list, blank=True)
    remedy_clause = models.CharField("救济依据", max_length=200)
    fee_mode = models.CharField("收费方式", max_length=8, choices=FeeMode.choices, default=FeeMode.NONE)
    clause = models.CharField("依据", max_length=120)

    class Meta:
        verbose_name = verbose_name_plural = "公开工作机构"

    def __str__(self) -> str:
        return self.organ


class ChannelRule(models.Model):
    """收到申请之日: which day starts the clock, by channel (条例第三十一条)."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="channels", verbose_name="公开工作机构")
    channel = models.CharField("渠道", max_length=16, choices=Channel.choices)
    receipt = models.CharField("收到之日", max_length=10, choices=Receipt.choices)
    clause = models.CharField("依据", max_length=120)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["office", "channel"], name="channel_rule_once")]
        verbose_name = verbose_name_plural = "收到之日规则"

    def __str__(self) -> str:
        return f"{self.get_channel_display()}：{self.get_receipt_display()}"


class FeeBand(models.Model):
    """收费标准: from the `over`+1-th case of a month or page on, each costs `price`, and `step` more for every further
    `every` (国办函〔2020〕109号)."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="fee_bands", verbose_name="公开工作机构")
    mode = models.CharField("方式", max_length=8, choices=FeeMode.choices)
    over = models.PositiveIntegerField("超过")
    price = models.DecimalField("单价（元）", max_digits=9, decimal_places=2)
    step = models.DecimalField("每档增加（元）", max_digits=9, decimal_places=2, default=0)
    every = models.PositiveIntegerField("每档数量", default=0)
    clause = models.CharField("依据", max_length=120)

    class Meta:
        ordering = ["mode", "over"]
        constraints = [models.UniqueConstraint(fields=["office", "mode", "over"], name="fee_band_once")]
        verbose_name = verbose_name_plural = "收费标准"

    def __str__(self) -> str:
        return f"{self.get_mode_display()}超过 {self.over}：{self.price} 元"
