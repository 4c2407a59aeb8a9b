from django.core.validators import URLValidator
from django.db import models

from portal.enums import Palette, Power


class Site(models.Model):
    """站点: the bureau's main site or a 子站, reached by host name or under `/s/<key>/` (慈溪第十一条)."""

    key = models.SlugField("代码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=80)
    tagline = models.CharField("副题", max_length=80, blank=True)
    host_name = models.CharField("域名", max_length=200, unique=True, null=True, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="subsites", verbose_name="上级站点"
    )
    department = models.ForeignKey("portal.Department", models.PROTECT, verbose_name="主办部门")
    palette = models.CharField("主色", max_length=12, choices=Palette.choices, default=Palette.INDIGO)
    position = models.PositiveIntegerField("次序", default=10)
    organiser = models.CharField("主办单位", max_length=80, blank=True)
    phone = models.CharField("联系电话", max_length=40, blank=True)
    id_code = models.CharField("网站标识码", max_length=10, blank=True)
    icp = models.CharField("ICP备案号", max_length=40, blank=True)
    police_record = models.CharField("公安备案号", max_length=40, blank=True)
    government_mark = models.CharField(
        "党政机关网站标识地址", max_length=200, blank=True, validators=[URLValidator(["http", "https"])]
    )
    link_hidden_at = models.DateTimeField("主页链接撤消时间", null=True, blank=True, editable=False)

    posting_closed_at = models.DateTimeField("暂停网上互动", null=True, blank=True, editable=False)

    class Meta:
        ordering = ["position", "id"]
        permissions = Power.choices
        verbose_name = verbose_name_plural = "站点"

    def __str__(self) -> str:
        return self.name

    @property
    def is_main(self) -> bool:
        return self.parent_id is None

    @property
    def prefix(self) -> str:
        """What all addresses of this site start with: its own host name, or its path on the main one's."""
        if self.host_name:
            return f"//{self.host_name}/"
        return "/" if self.is_main else f"/s/{self.key}/"

    def url(self, path: str = "") -> str:
        """Address of `path` (without leading slash) on this site."""
        return self.prefix + path
