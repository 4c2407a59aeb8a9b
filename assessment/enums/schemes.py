"""How a scheme of scoring is made."""

from django.db.models import TextChoices


class Cycle(TextChoices):
    MONTH = "MONTH", "按月"
    QUARTER = "QUARTER", "按季"
    YEAR = "YEAR", "按年"


class IndicatorKind(TextChoices):
    """How facts become points: see `assessment.rules.points`, one function each."""

    COUNTED = "COUNTED", "按条计分"
    BANDED = "BANDED", "分档计分"
    RHYTHM = "RHYTHM", "按更新频率计分"
    DEDUCTED = "DEDUCTED", "扣分"
    RATIO = "RATIO", "按比例计分"
    CHECKLIST = "CHECKLIST", "逐项核查"
    VOTE = "VOTE", "投票"
    MANUAL = "MANUAL", "考核人评分"


class Ranking(TextChoices):
    """What equal totals get."""

    SHARED = "SHARED", "并列，其后顺延"
    FIRST_COME = "FIRST_COME", "以发布条数多者为先"
