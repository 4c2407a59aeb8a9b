from django.db import models
from django.db.models import Q
from django.urls import reverse

from disclosure.enums.services import (
    IN_WORK,
    SHOWN,
    GuideState,
    ItemState,
    MaterialForm,
    ServedKind,
    ServiceKind,
)
from disclosure.workflow.services import GUIDE, ITEM


class ServiceHead(models.Model):
    """What lists show of an item: its guide says it, the item repeats what the guide in force says."""

    name = models.CharField("事项名称", max_length=80)
    code = models.CharField("事项编码", max_length=40, blank=True)
    kind = models.CharField("事项类型", max_length=14, choices=ServiceKind.choices)
    audience = models.CharField("服务对象", max_length=14, choices=ServedKind.choices)
    theme = models.CharField("主题", max_length=20, blank=True)
    department = models.ForeignKey(
        "portal.Department", models.PROTECT, related_name="+", verbose_name="责任部门"
    )

    class Meta:
        abstract = True


HEAD = ("name", "code", "kind", "audience", "theme", "department")


class ServiceItem(ServiceHead):
    """办事事项 of a site (石家庄第二十二条). Its guide says what it is, in versions; `guide` is the one in force."""

    site = models.ForeignKey("portal.Site", models.PROTECT, related_name="services", verbose_name="站点")
    state = models.CharField("状态", max_length=10, choices=ItemState.choices, default=ItemState.DRAFT)
    guide = models.OneToOneField(
        "disclosure.Guide", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="现行指南"
    )
    said = models.CharField("暂停或取消的原因", max_length=300, blank=True)
    position = models.PositiveIntegerField("次序", default=10)
    made_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="建立人")
    made_at = models.DateTimeField("建立时间")

    workflow = ITEM

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "name"], condition=~Q(state=ItemState.RETIRED), name="service_name_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["site", "position", "id"], condition=Q(state__in=SHOWN), name="service_public_list"
            ),
            models.Index(fields=["site", "state"], name="service_state"),
        ]
        verbose_name = verbose_name_plural = "办事事项"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where readers find it."""
        return self.site.url(f"services/{self.pk}/")

    @property
    def is_shown(self) -> bool:
        return self.state in SHOWN and self.guide_id is not None


class Guide(ServiceHead):
    """办事指南: one version of what an item says. Once in force it is never changed; the next version replaces it.

    `writers`: everybody who saved this version, none of whom may approve it. `promised_days` 0: 当场办结.
    """

    item = models.ForeignKey(ServiceItem, models.CASCADE, related_name="guides", verbose_name="事项")
    number = models.PositiveIntegerField("版次")
    state = models.CharField("状态", max_length=10, choices=GuideState.choices, default=GuideState.DRAFT)
    version = models.PositiveIntegerField("保存次数", default=1)

    basis = models.TextField("设定依据", blank=True)
    conditions = models.TextField("受理条件", blank=True)
    organ = models.CharField("受理机构", max_length=80, blank=True)
    result = models.CharField("办理结果", max_length=120, blank=True)
    delivery = models.CharField("结果送达", max_length=120, blank=True)
    legal_days = models.PositiveSmallIntegerField("法定时限（工作日）", null=True, blank=True)
    promised_days = models.PositiveSmallIntegerField("承诺时限（工作日）", null=True, blank=True)
    limit_note = models.CharField("时限说明", max_length=200, blank=True)
    is_free = models.BooleanField("不收费", default=False)
    consult = models.CharField("咨询方式", max_length=120, blank=True)
    supervision = models.CharField("监督投诉方式", max_length=120, blank=True)
    online_url = models.URLField("网上办理地址", max_length=200, blank=True)
    remarks = models.TextField("注意事项", blank=True)
    takes_pre_review = models.BooleanField("开通网上预审", default=False)
    pre_review_days = models.PositiveSmallIntegerField("预审承诺（工作日）", null=True, blank=True)

    writers = models.ManyToManyField("portal.User", related_name="+", verbose_name="起草人")
    saved_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name="保存人")
    saved_at = models.DateTimeField("保存时间")
    decided_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审核人"
    )
    decided_at = models.DateTimeField("审核时间", null=True, blank=True)
    note = models.CharField("退回理由", max_length=300, blank=True)

    workflow = GUIDE

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="guide_number_once"),
            models.UniqueConstraint(
                fields=["item"], condition=Q(state__in=IN_WORK), name="guide_one_in_work"
            ),
            models.UniqueConstraint(
                fields=["item"], condition=Q(state=GuideState.IN_FORCE), name="guide_one_in_force"
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(state=GuideState.IN_REVIEW), name="guide_to_review")
        ]
        verbose_name = verbose_name_plural = "办事指南"

    def __str__(self) -> str:
        return f"{self.name}（第 {self.number} 版）"

    def get_absolute_url(self) -> str:
        return reverse("desk:guide", args=[self.pk])

    @property
    def site(self):
        return self.item.site


class GuideMaterial(models.Model):
    """申请材料. Empty `needed_when`: always needed."""

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="materials")
    position = models.PositiveSmallIntegerField()
    name = models.CharField("材料名称", max_length=80)
    form = models.CharField("形式", max_length=10, choices=MaterialForm.choices, default=MaterialForm.COPY)
    copies = models.PositiveSmallIntegerField("份数", default=1)
    needed_when = models.CharField("何时需要", max_length=80, blank=True)
    note = models.CharField("要求", max_length=200, blank=True)
    blank_form = models.ForeignKey(
        "portal.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="空白表格"
    )
    sample = models.ForeignKey(
        "portal.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="样表"
    )

    class Meta:
        ordering = ["position", "id"]
        verbose_name = verbose_name_plural = "申请材料"

    def __str__(self) -> str:
        return self.name

    @property
    def is_required(self) -> bool:
        return not self.needed_when


class GuideStep(models.Model):
    """办理流程, one step: who does it, how long it takes, what is looked at."""

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    name = models.CharField("环节", max_length=20)
    who = models.CharField("办理人", max_length=40, blank=True)
    days = models.CharField("时限", max_length=20, blank=True)
    note = models.CharField("审查内容或标准", max_length=200, blank=True)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = verbose_name_plural = "办理流程"

    def __str__(self) -> str:
        return self.name


class GuideWindow(models.Model):
    """办理窗口: where, when, whom to call."""

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="windows")
    position = models.PositiveSmallIntegerField()
    name = models.CharField("窗口", max_length=40)
    address = models.CharField("地址", max_length=120, blank=True)
    hours = models.CharField("办理时间", max_length=80, blank=True)
    phone = models.CharField("联系电话", max_length=40, blank=True)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = verbose_name_plural = "办理窗口"

    def __str__(self) -> str:
        return self.name


class GuideCharge(models.Model):
    """收费项目 with its standard and its basis."""

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="charges")
    position = models.PositiveSmallIntegerField()
    name = models.CharField("收费项目", max_length=40)
    standard = models.CharField("收费标准", max_length=80)
    basis = models.CharField("收费依据", max_length=120, blank=True)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = verbose_name_plural = "收费项目"

    def __str__(self) -> str:
        return self.name


PARTS = {"materials": GuideMaterial, "steps": GuideStep, "windows": GuideWindow, "charges": GuideCharge}
"""The rows of a guide by the name they are reached by."""
