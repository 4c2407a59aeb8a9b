"""How a question stands."""

from django.db.models import TextChoices


class QuestionState(TextChoices):
    ASKED = "ASKED", "待答复"
    REFERRED = "REFERRED", "已转办"
    ANSWERED = "ANSWERED", "已答复"
    CLOSED = "CLOSED", "已办结"
    REFUSED = "REFUSED", "不予答复"


OPEN = (QuestionState.ASKED, QuestionState.REFERRED)
"""An answer is owed."""

SHOWN = (QuestionState.ANSWERED, QuestionState.CLOSED)
"""Readers see these: what was answered (办法第十五条: 经版主审查发布或回复)."""
