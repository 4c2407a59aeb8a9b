"""Choices of 网上考试: how it is marked, where a paper stands, how it came in."""

from django.db.models import TextChoices


class MultipleRule(TextChoices):
    """How a 多选 is marked that is neither wholly right nor empty."""

    WHOLE = "WHOLE", "全部选对才得分"
    PARTIAL = "PARTIAL", "少选得一半分，错选不得分"


class AttemptState(TextChoices):
    RUNNING = "RUNNING", "答题中"
    HANDED_IN = "HANDED_IN", "已交卷"


class AttemptEnding(TextChoices):
    """How a paper came in."""

    PERSON = "PERSON", "本人交卷"
    TIME = "TIME", "到时收卷"
    PROCTOR = "PROCTOR", "考试提前结束"


class ExamParty(TextChoices):
    """Who makes a move where no power is needed."""

    SITTER = "sitter", "考生"
