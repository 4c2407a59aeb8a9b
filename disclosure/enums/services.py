"""Choices of 办事事项 and of the guide each is handled by (石家庄第二十二条; 国办秘函〔2019〕19号 V6)."""

from django.db.models import TextChoices


class ServiceKind(TextChoices):
    """事项类型."""

    PERMIT = "PERMIT", "行政许可"
    RECORD = "RECORD", "备案"
    CONFIRMATION = "CONFIRMATION", "行政确认"
    REWARD = "REWARD", "行政奖励"
    ARBITRATION = "ARBITRATION", "行政裁决"
    OTHER = "OTHER", "其他行政权力"
    PUBLIC = "PUBLIC", "公共服务"


class ServedKind(TextChoices):
    """服务对象."""

    PERSON = "PERSON", "个人"
    ORGANISATION = "ORGANISATION", "法人"
    BOTH = "BOTH", "个人和法人"


class ItemState(TextChoices):
    DRAFT = "DRAFT", "未发布"
    IN_FORCE = "IN_FORCE", "在办"
    SUSPENDED = "SUSPENDED", "暂停办理"
    RETIRED = "RETIRED", "已取消"


SHOWN = (ItemState.IN_FORCE, ItemState.SUSPENDED)
"""Readers see these: what is suspended says so."""


class GuideState(TextChoices):
    """A version of a guide."""

    DRAFT = "DRAFT", "起草"
    IN_REVIEW = "IN_REVIEW", "待审"
    RETURNED = "RETURNED", "已退回"
    IN_FORCE = "IN_FORCE", "现行"
    REPLACED = "REPLACED", "历史版本"
    DISCARDED = "DISCARDED", "已作废"


IN_WORK = (GuideState.DRAFT, GuideState.IN_REVIEW, GuideState.RETURNED)
"""One of these at most an item: the next version."""

EDITABLE = (GuideState.DRAFT, GuideState.RETURNED)


class MaterialForm(TextChoices):
    """材料形式."""

    ORIGINAL = "ORIGINAL", "原件"
    COPY = "COPY", "复印件"
    BOTH = "BOTH", "原件和复印件"
    ELECTRONIC = "ELECTRONIC", "电子件"


class ServiceParty(TextChoices):
    """Who makes a move on an item or its guide: a power on the whole site."""

    WRITER = "writer", "采集人员"
    PUBLISHER = "publisher", "发布人员"
