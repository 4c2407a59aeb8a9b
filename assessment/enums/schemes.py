"""How a scheme of scoring is made."""

from datetime import date, timedelta

from django.db.models import TextChoices

MONTHS = {"MONTH": 1, "QUARTER": 3, "YEAR": 12}
QUARTERS = "一二三四"


class Cycle(TextChoices):
    MONTH = "MONTH", "按月"
    QUARTER = "QUARTER", "按季"
    YEAR = "YEAR", "按年"

    def first(self, day: date) -> date:
        """The first day of the month, quarter or year that `day` lies in."""
        months = MONTHS[self]
        return date(day.year, (day.month - 1) // months * months + 1, 1)

    def last(self, day: date) -> date:
        """The last day of that month, quarter or year."""
        step = self.first(day)
        for _ in range(MONTHS[self]):
            step = (step + timedelta(days=31)).replace(day=1)
        return step - timedelta(days=1)

    def before(self, day: date) -> date:
        """The first day of the one before."""
        return self.first(self.first(day) - timedelta(days=1))

    def name_of(self, day: date) -> str:
        """2026年10月, 2026年第三季度, 2026年."""
        if self == Cycle.MONTH:
            return f"{day.year}年{day.month}月"
        if self == Cycle.QUARTER:
            return f"{day.year}年第{QUARTERS[(day.month - 1) // 3]}季度"
        return f"{day.year}年"


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


class Summary(TextChoices):
    """How the rounds of a year (or quarter) become one figure."""

    SUM = "SUM", "各期相加"
    MEAN = "MEAN", "各期平均"
