"""How a comment stands."""

from django.db.models import TextChoices


class CommentState(TextChoices):
    """Nothing is ever deleted (办法第十二条: 不得滥用职权拦截或删除): what is not shown is kept with its reason."""

    PENDING = "PENDING", "待审核"
    PUBLISHED = "PUBLISHED", "已发布"
    REFUSED = "REFUSED", "未予发布"
    WITHDRAWN = "WITHDRAWN", "已撤下"


SHOWN = (CommentState.PUBLISHED, CommentState.WITHDRAWN)
"""Readers see these: the words of a published one, and that one was taken down."""
