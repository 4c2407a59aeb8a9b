"""Where the scores of a month, quarter or year stand."""

from django.db.models import TextChoices


class RoundState(TextChoices):
    """麻山第四条: self-scored, fixed by the office, made public; after the objections sealed for good."""

    OPEN = "OPEN", "自评与核定"
    PUBLISHED = "PUBLISHED", "已公布（异议期）"
    FROZEN = "FROZEN", "已封存"


class ObjectionState(TextChoices):
    RAISED = "RAISED", "待答复"
    UPHELD = "UPHELD", "异议成立"
    REJECTED = "REJECTED", "维持原分"
