"""Choices of 题库."""

from django.db.models import TextChoices


class ExamQuestionKind(TextChoices):
    """题型: how a question is answered, and thereby how it is marked."""

    SINGLE = "SINGLE", "单选"
    MULTIPLE = "MULTIPLE", "多选"
    TRUE_FALSE = "TRUE_FALSE", "判断"
    FILL_IN = "FILL_IN", "填空"
    ESSAY = "ESSAY", "简答"

    @property
    def has_choices(self) -> bool:
        """Answered by picking from what is offered."""
        return self in (self.SINGLE, self.MULTIPLE, self.TRUE_FALSE)

    @property
    def offers_options(self) -> bool:
        """Whoever writes it writes the options too; 判断 always offers the same two."""
        return self in (self.SINGLE, self.MULTIPLE)


TRUE, FALSE = "正确", "错误"
"""What every 判断 offers, in this order."""


class Difficulty(TextChoices):
    EASY = "EASY", "易"
    MEDIUM = "MEDIUM", "中"
    HARD = "HARD", "难"
