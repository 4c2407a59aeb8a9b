"""What a publication counts for."""

from django.db.models import TextChoices


class EventKind(TextChoices):
    """One published revision is one event: the first of its article, or a later one."""

    FIRST = "FIRST", "首次发布"
    UPDATE = "UPDATE", "更新"


class Verdict(TextChoices):
    """Whether it counts as an item; what does not is shown with the text it repeats.

    What a site above takes over from one below counts once, where it first stood; being adopted is a fact of its own.
    """

    COUNTED = "COUNTED", "计入"
    DUPLICATE = "DUPLICATE", "近似重复"
    SPLIT = "SPLIT", "拆分发布"
    REPOST = "REPOST", "自行重发"
    ADOPTED = "ADOPTED", "采用"
