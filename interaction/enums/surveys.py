"""Kinds of survey questions, with the words people read."""

from django.db.models import TextChoices


class QuestionKind(TextChoices):
    SINGLE = "SINGLE", "单选"
    MULTIPLE = "MULTIPLE", "多选"
    SHORT = "SHORT", "短文字"
    LONG = "LONG", "长文字"
    NUMBER = "NUMBER", "数字"
    DATE = "DATE", "日期"
    SCALE_5 = "SCALE_5", "打分（1 至 5 分）"
    SCALE_10 = "SCALE_10", "打分（1 至 10 分）"

    @property
    def has_options(self) -> bool:
        return self in (QuestionKind.SINGLE, QuestionKind.MULTIPLE)

    @property
    def is_text(self) -> bool:
        return self in (QuestionKind.SHORT, QuestionKind.LONG)

    @property
    def top(self) -> int:
        """The highest mark of a scale; 0 for what is no scale."""
        return {QuestionKind.SCALE_5: 5, QuestionKind.SCALE_10: 10}.get(self, 0)

    @property
    def limits(self) -> str:
        """What `least` and `most` limit; "" where nothing is."""
        return _LIMITS.get(self, "")


_LIMITS = {
    QuestionKind.MULTIPLE: "选项数",
    QuestionKind.SHORT: "字数",
    QuestionKind.LONG: "字数",
    QuestionKind.NUMBER: "数值",
}
