"""在线访谈: what becomes of a question that somebody sent."""

from django.db.models import TextChoices


class QuestionState(TextChoices):
    """Nobody's question is shown or asked before it was accepted."""

    WAITING = "WAITING", "待审"
    ACCEPTED = "ACCEPTED", "已采用"
    REFUSED = "REFUSED", "未采用"
