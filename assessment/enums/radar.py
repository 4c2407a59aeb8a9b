"""The national veto items as the self-check sees them."""

from django.db.models import TextChoices


class Item(TextChoices):
    """政府网站与政务新媒体检查指标（国办秘函〔2019〕19号）单项否决."""

    V1 = "V1", "严重问题"
    V2 = "V2", "站点无法访问"
    V3 = "V3", "首页不更新"
    V4A = "V4a", "栏目不更新"
    V4B = "V4b", "应更新未更新"
    V4C = "V4c", "空白栏目"
    V5A = "V5a", "无互动渠道"
    V5B = "V5b", "互动回应差"
    V6 = "V6", "服务不实用"


class Light(TextChoices):
    OK = "ok", "正常"
    AMBER = "amber", "预警"
    RED = "red", "不合格"

    @property
    def weight(self) -> int:
        """The worse the heavier."""
        return [Light.OK, Light.AMBER, Light.RED].index(self)


class VisitKind(TextChoices):
    """Whether the home page opens, many times a day; or every kind of page looked through, once a day."""

    PULSE = "PULSE", "可用性"
    ROUND = "ROUND", "全面巡访"


class PageKind(TextChoices):
    """What a page is decides which tags it must have."""

    HOME = "HOME", "首页"
    COLUMN = "COLUMN", "栏目页"
    ARTICLE = "ARTICLE", "内容页"
    ENTRANCE = "ENTRANCE", "互动入口"
